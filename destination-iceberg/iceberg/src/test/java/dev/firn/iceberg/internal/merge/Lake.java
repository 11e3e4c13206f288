package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.batch.KeyHash;
import dev.firn.iceberg.internal.merge.StagedPlan.Fate;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;

/** Orders with items with parts, in three real tables, and a commit that does what a plan says. */
final class Lake implements AutoCloseable {
  static final TableName ORDERS = TableName.parse("shop.orders");
  static final TableName ITEMS = ORDERS.child("items");
  static final TableName PARTS = ITEMS.child("parts");

  static final Schema ORDER_COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "region", Types.StringType.get()),
          Types.NestedField.optional(2, "id", Types.LongType.get()),
          Types.NestedField.optional(3, "amount", Types.LongType.get()),
          Types.NestedField.optional(4, SystemColumns.LOAD_ID, Types.StringType.get()),
          Types.NestedField.optional(5, SystemColumns.ID, Types.StringType.get()),
          Types.NestedField.optional(6, SystemColumns.ROW_HASH, Types.LongType.get()));

  static final Schema ITEM_COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "name", Types.StringType.get()),
          Types.NestedField.optional(2, SystemColumns.ID, Types.StringType.get()),
          Types.NestedField.optional(3, SystemColumns.PARENT_ID, Types.StringType.get()),
          Types.NestedField.optional(4, SystemColumns.LIST_INDEX, Types.LongType.get()));

  static final Schema PART_COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "value", Types.StringType.get()),
          Types.NestedField.optional(2, SystemColumns.PARENT_ID, Types.StringType.get()),
          Types.NestedField.optional(3, SystemColumns.ROOT_ID, Types.StringType.get()),
          Types.NestedField.optional(4, SystemColumns.LIST_INDEX, Types.LongType.get()));

  final List<String> key;
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final Map<TableName, Table> tables = new LinkedHashMap<>();

  private Lake(List<String> key, PartitionSpec orders) {
    this.key = key;
    catalog.initialize("lake", Map.of());
    catalog.createNamespace(Namespace.of("shop"));
    create(ORDERS, ORDER_COLUMNS, orders);
    create(ITEMS, ITEM_COLUMNS, PartitionSpec.unpartitioned());
    create(PARTS, PART_COLUMNS, PartitionSpec.unpartitioned());
  }

  static Lake keyedBy(String... key) {
    return new Lake(List.of(key), PartitionSpec.unpartitioned());
  }

  static Lake partitioned(PartitionSpec orders, String... key) {
    return new Lake(List.of(key), orders);
  }

  /** This lake, its tables upgraded to format version 3. */
  Lake version3() {
    tables.values().forEach(table -> table.updateProperties().set("format-version", "3").commit());
    return this;
  }

  private void create(TableName name, Schema columns, PartitionSpec spec) {
    TableIdentifier id = TableIdentifier.of(Namespace.of("shop"), name.name());
    tables.put(
        name, catalog.createTable(id, columns, spec, Map.of("write.format.default", "parquet")));
  }

  /** A further, unpartitioned table. */
  Table create(String name, Schema columns, String... properties) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      settings.put(properties[i], properties[i + 1]);
    }
    TableIdentifier id = TableIdentifier.of(Namespace.of("shop"), name);
    return catalog.createTable(id, columns, PartitionSpec.unpartitioned(), settings);
  }

  Table table(TableName name) {
    Table table = tables.get(name);
    table.refresh();
    return table;
  }

  Table orders() {
    return table(ORDERS);
  }

  /** The id that a keyed root row gets. */
  String id(Row row) {
    KeyHash hash = new KeyHash(ORDERS);
    hash.begin();
    for (String column : key) {
      if (column.equals("region")) {
        hash.addString(String.valueOf(row.region()));
      } else {
        hash.addLong(row.id());
      }
    }
    return hash.id();
  }

  static Record record(Schema columns, Object... values) {
    GenericRecord record = GenericRecord.create(columns);
    for (int i = 0; i < values.length; i++) {
      record.set(i, values[i]);
    }
    return record;
  }

  /** Writes a data file that no snapshot refers to. */
  static DataFile write(Table table, String name, StructLike partition, List<Record> rows) {
    return write(table, name, FileFormat.PARQUET, partition, rows);
  }

  static DataFile write(
      Table table, String name, FileFormat format, StructLike partition, List<Record> rows) {
    String path = table.location() + "/data/" + format.addExtension(name);
    try {
      DataWriter<Record> writer =
          FormatModelRegistry.<Record, Object>dataWriteBuilder(
                  format,
                  Record.class,
                  EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path)))
              .schema(table.schema())
              .metricsConfig(MetricsConfig.forTable(table))
              .spec(table.spec())
              .partition(partition)
              .build();
      try (writer) {
        rows.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A load of one's own: rows as another writer would append them. */
  void append(TableName name, List<Record> rows) {
    Table table = table(name);
    DataFile file =
        write(table, "other-" + UUID.randomUUID(), GenericRecord.create(table.schema()), rows);
    table.newAppend().appendFile(file).commit();
  }

  static DeleteFile positionDeletes(
      Table table, PartitionSpec spec, StructLike partition, String dataFile, Positions positions) {
    String path = table.location() + "/data/deletes-" + UUID.randomUUID() + ".parquet";
    try {
      PositionDeleteWriter<Record> writer =
          FormatModelRegistry.<Record>positionDeleteWriteBuilder(
                  FileFormat.PARQUET,
                  EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path)))
              .spec(spec)
              .partition(partition)
              .build();
      try (writer) {
        positions.forEach(
            position -> writer.write(PositionDelete.<Record>create().set(dataFile, position)));
      }
      return writer.toDeleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A delete of all rows with a value in one column. */
  static DeleteFile equalityDeletes(Table table, int column, Record value) {
    String path = table.location() + "/data/equals-" + UUID.randomUUID() + ".parquet";
    try {
      EqualityDeleteWriter<Record> writer =
          FormatModelRegistry.<Record, Object>equalityDeleteWriteBuilder(
                  FileFormat.PARQUET,
                  Record.class,
                  EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path)))
              .schema(table.schema().select(table.schema().findColumnName(column)))
              .equalityFieldIds(column)
              .spec(table.spec())
              .build();
      try (writer) {
        writer.write(value);
      }
      return writer.toDeleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data files that a snapshot added. */
  static List<DataFile> added(Table table, Snapshot snapshot) {
    List<DataFile> files = new ArrayList<>();
    snapshot.addedDataFiles(table.io()).forEach(file -> files.add(file.copy()));
    return files;
  }

  /** Makes a data file unreadable: whoever opens it fails. */
  static void lose(Table table, DataFile file) {
    table.io().deleteFile(file.location());
  }

  /** Commits children first, then the root. */
  void commit(MergePlan plan) {
    plan.children().forEach(child -> commit(child.table()));
    commit(plan.root());
  }

  void commit(TablePlan plan) {
    if (plan.nothingToDo()) {
      return;
    }
    Table table = table(plan.table());
    RowDelta delta = table.newRowDelta();
    if (table.currentSnapshot() != null) {
      // else a vector meets those of all history and is taken for a second one
      delta.validateFromSnapshot(table.currentSnapshot().snapshotId());
    }
    for (StagedPlan each : plan.staged()) {
      switch (each.fate()) {
        case ADD, ADD_WITH_DELETES -> delta.addRows(each.data().file());
        case REWRITE -> delta.addRows(rewrite(table, plan.table(), each));
        case LEAVE_OUT -> {
          // nothing of it is seen
        }
      }
    }
    if (TableUtil.formatVersion(table) > 2) {
      addVectors(table, plan, delta);
    } else {
      addPositionDeletes(table, plan, delta);
    }
    delta.commit();
  }

  private static void addPositionDeletes(Table table, TablePlan plan, RowDelta delta) {
    for (TargetDeletes each : plan.deletes()) {
      DataFile file = each.file();
      delta.addDeletes(
          positionDeletes(table, each.spec(), file.partition(), file.location(), each.positions()));
    }
    for (StagedPlan each : plan.staged()) {
      if (each.fate() == Fate.ADD_WITH_DELETES) {
        DataFile file = each.data().file();
        delta.addDeletes(
            positionDeletes(
                table, each.data().spec(), file.partition(), file.location(), each.dead()));
      }
    }
  }

  private static void addVectors(Table table, TablePlan plan, RowDelta delta) {
    DeletionVectors vectors =
        new DeletionVectors(
            table.io(),
            () ->
                table
                    .io()
                    .newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".puffin"));
    plan.deletes()
        .forEach(
            each -> vectors.delete(each.file(), each.spec(), each.earlier(), each.positions()));
    for (StagedPlan each : plan.staged()) {
      if (each.fate() == Fate.ADD_WITH_DELETES) {
        vectors.delete(each.data().file(), each.data().spec(), List.of(), each.dead());
      }
    }
    DeletionVectors.Written written = vectors.finish();
    written.added().forEach(delta::addDeletes);
    written.replaced().forEach(delta::removeDeletes);
  }

  private static DataFile rewrite(Table table, TableName name, StagedPlan plan) {
    String staged = plan.data().file().location();
    String path = staged.replace(".parquet", "-" + UUID.randomUUID() + ".parquet");
    MergeTable merged = new MergeTable(name, Optional.of(table), table, table.schema(), List.of());
    try (BufferAllocator memory = new RootAllocator()) {
      return new LiveRowCopy(
              merged,
              FooterSchema.of(table.schema(), MetricsConfig.forTable(table)),
              EncoderSettings.DEFAULT,
              memory)
          .copy(plan, path);
    }
  }

  List<Record> read(TableName name) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table(name)).build()) {
      records.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** All orders as records, sorted; fails on a child row without its parent. */
  List<Row> rows() {
    Map<String, TreeMap<Long, String>> parts = new TreeMap<>();
    for (Record part : read(PARTS)) {
      put(parts, text(part, SystemColumns.PARENT_ID), part, text(part, "value"));
    }
    Map<String, TreeMap<Long, Row.Item>> items = new TreeMap<>();
    for (Record item : read(ITEMS)) {
      TreeMap<Long, String> own = parts.remove(text(item, SystemColumns.ID));
      List<String> values = own == null ? List.of() : List.copyOf(own.values());
      put(
          items,
          text(item, SystemColumns.PARENT_ID),
          item,
          new Row.Item(text(item, "name"), values));
    }
    assertThat(parts).as("parts without an item").isEmpty();
    List<Row> rows = new ArrayList<>();
    for (Record order : read(ORDERS)) {
      TreeMap<Long, Row.Item> own = items.remove(String.valueOf(order.getField(SystemColumns.ID)));
      rows.add(
          new Row(
              (String) order.getField("region"),
              (Long) order.getField("id"),
              (Long) order.getField("amount"),
              own == null ? List.of() : List.copyOf(own.values())));
    }
    assertThat(items).as("items without an order").isEmpty();
    rows.sort((a, b) -> a.toString().compareTo(b.toString()));
    return rows;
  }

  private static String text(Record record, String column) {
    return record.getField(column).toString();
  }

  private static <V> void put(
      Map<String, TreeMap<Long, V>> lists, String parent, Record row, V value) {
    V before =
        lists
            .computeIfAbsent(parent, any -> new TreeMap<>())
            .put((Long) row.getField(SystemColumns.LIST_INDEX), value);
    assertThat(before).as("a second child at one index of " + parent).isNull();
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
