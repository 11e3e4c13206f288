package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** Another engine's work on the rows of a table, each in one commit. */
public final class ForeignRows {
  private ForeignRows() {}

  /** Adds a row; columns without a value are null, or some text where that cannot be. */
  public static void append(Table table, Map<String, Object> values) {
    Record row = GenericRecord.create(table.schema());
    for (Types.NestedField column : table.schema().columns()) {
      Object value = values.get(column.name());
      if (value != null || column.isOptional()) {
        row.setField(column.name(), value);
      } else {
        row.setField(column.name(), "foreign");
      }
    }
    RowDelta delta = table.newRowDelta();
    ForeignFile.byPartition(table, List.of(row)).forEach(delta::addRows);
    delta.commit();
  }

  /** Deletes rows by writing all files anew without them. */
  public static void deleteByCopying(Table table, Predicate<Record> goes) {
    List<Record> stay = new ArrayList<>();
    boolean any = false;
    for (Record row : rows(table)) {
      if (goes.test(row)) {
        any = true;
      } else {
        stay.add(copy(table, row));
      }
    }
    if (!any) {
      return;
    }
    RowDelta delta = table.newRowDelta();
    dataFiles(table).forEach(delta::removeRows);
    Set.copyOf(LiveEntries.deletes(table)).forEach(delta::removeDeletes);
    ForeignFile.byPartition(table, stay).forEach(delta::addRows);
    delta.commit();
  }

  /** Deletes rows by equality deletes, which name a value of one column. */
  public static void deleteByValue(Table table, String column, Predicate<Record> goes) {
    Map<PartitionKey, Map<Object, Record>> values = new HashMap<>();
    for (Record row : rows(table)) {
      if (goes.test(row)) {
        values
            .computeIfAbsent(ForeignFile.partition(table, row), any -> new HashMap<>())
            .put(row.getField(column), row);
      }
    }
    if (values.isEmpty()) {
      return;
    }
    RowDelta delta = table.newRowDelta();
    Schema schema = table.schema().select(column);
    values.forEach(
        (partition, keys) -> {
          EqualityDeleteWriter<Record> writer =
              new GenericFileWriterFactory.Builder(table)
                  .deleteFileFormat(FileFormat.PARQUET)
                  .equalityFieldIds(new int[] {table.schema().findField(column).fieldId()})
                  .equalityDeleteRowSchema(schema)
                  .build()
                  .newEqualityDeleteWriter(
                      ForeignFile.output(table, partition, "deletes"),
                      table.spec(),
                      table.spec().isPartitioned() ? partition : null);
          try (writer) {
            for (Object key : keys.keySet()) {
              Record delete = GenericRecord.create(schema);
              delete.setField(column, key);
              writer.write(delete);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          delta.addDeletes(writer.toDeleteFile());
        });
    delta.commit();
  }

  private static List<Record> rows(Table table) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static List<DataFile> dataFiles(Table table) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  // By name: with deletes the reader may add columns of its own at the end.
  private static Record copy(Table table, Record row) {
    Record copy = GenericRecord.create(table.schema());
    table
        .schema()
        .columns()
        .forEach(column -> copy.setField(column.name(), row.getField(column.name())));
    return copy;
  }
}
