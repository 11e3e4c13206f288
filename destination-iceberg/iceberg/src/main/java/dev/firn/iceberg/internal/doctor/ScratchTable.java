package dev.firn.iceberg.internal.doctor;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.PublishingCatalog;
import dev.firn.iceberg.internal.catalog.OpenCatalog;
import dev.firn.iceberg.internal.io.LocalPaths;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** A table that nobody else has, in a namespace of its own. */
final class ScratchTable {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
  private static final int BYTE = 42;

  private final Catalog catalog;
  private final TableIdentifier identifier;

  // What takes away what was made, the newest first.
  private final Deque<Runnable> undo = new ArrayDeque<>();

  ScratchTable(OpenCatalog opened) {
    this.catalog = opened.catalog();
    if (catalog instanceof PublishingCatalog apart) {
      undo.push(apart::withdraw);
    }
    String id = UUID.randomUUID().toString().substring(0, 8);
    this.identifier = opened.names().identifier(TableName.parse("firn_doctor_" + id + ".scratch"));
  }

  String namespace() {
    return identifier.namespace().toString();
  }

  String name() {
    return identifier.toString();
  }

  String createNamespace() {
    if (catalog instanceof SupportsNamespaces namespaces) {
      create(namespaces, identifier.namespace());
      return "made " + namespace();
    }
    return "there are none in this catalog";
  }

  private void create(SupportsNamespaces namespaces, Namespace namespace) {
    undo.push(
        () -> {
          if (namespaces.namespaceExists(namespace)) {
            namespaces.dropNamespace(namespace);
          }
        });
    namespaces.createNamespace(namespace);
  }

  /** Writes where the table would lie, with the keys that the catalog gives out for it. */
  String storeOneByte() {
    Table staged = catalog.buildTable(identifier, SCHEMA).createTransaction().table();
    String path = staged.location() + "/firn-doctor";
    FileIO storage = staged.io();
    undo.push(() -> removeFolders(staged.location()));
    undo.push(() -> deleteIfThere(storage, path));
    try {
      try (OutputStream out = storage.newOutputFile(path).createOrOverwrite()) {
        out.write(BYTE);
      }
      try (InputStream in = storage.newInputFile(path).newStream()) {
        requireByte(in.read(), path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    storage.deleteFile(path);
    return "one byte to " + staged.location() + " and back";
  }

  private static void requireByte(int read, String path) {
    if (read != BYTE) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "One byte was written to %s, and %d was read.".formatted(path, read),
          "Look at the storage: it does not give back what it was given.");
    }
  }

  private static void deleteIfThere(FileIO storage, String path) {
    try {
      if (storage.newInputFile(path).exists()) {
        storage.deleteFile(path);
      }
    } catch (NotFoundException e) {
      // some storages look at once
    }
  }

  String createTable() {
    Table table = create(identifier, Map.of());
    return "made " + name() + " in " + table.location();
  }

  private Table create(TableIdentifier name, Map<String, String> properties) {
    undo.push(() -> drop(name));
    return catalog.createTable(name, SCHEMA, PartitionSpec.unpartitioned(), properties);
  }

  private void drop(TableIdentifier name) {
    if (!catalog.tableExists(name)) {
      return;
    }
    try {
      catalog.dropTable(name, true);
    } catch (RuntimeException refused) {
      dropWithoutPurge(name);
    }
  }

  // There are servers that let tables be dropped, but not their files with them.
  private void dropWithoutPurge(TableIdentifier name) {
    Table table = catalog.loadTable(name);
    TableMetadata last = ((HasTableOperations) table).operations().current();
    catalog.dropTable(name, false);
    CatalogUtil.dropTableData(table.io(), last);
  }

  String commitOneRow() {
    Table table = catalog.loadTable(identifier);
    table.newAppend().appendFile(oneRow(table)).commit();
    String rows = catalog.loadTable(identifier).currentSnapshot().summary().get("total-records");
    return rows + " row is there";
  }

  private static DataFile oneRow(Table table) {
    String path = table.locationProvider().newDataLocation("firn-doctor.parquet");
    DataWriter<Record> writer = writer(table, path);
    try (writer) {
      GenericRecord row = GenericRecord.create(table.schema());
      row.setField("id", 1L);
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  private static DataWriter<Record> writer(Table table, String path) {
    try {
      return Parquet.writeData(table.io().newOutputFile(path))
          .forTable(table)
          .createWriterFunc(GenericParquetWriter::create)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void nestNamespace() {
    String[] levels = {namespace(), "nested"};
    create((SupportsNamespaces) catalog, Namespace.of(levels));
  }

  /** Some servers make an older version instead and say nothing. */
  void createVersion3() {
    TableIdentifier name = TableIdentifier.of(identifier.namespace(), "version3");
    Table table = create(name, Map.of(TableProperties.FORMAT_VERSION, "3"));
    int made = ((HasTableOperations) table).operations().current().formatVersion();
    if (made != 3) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE, "it made one of version " + made + ".", "");
    }
  }

  /** Takes everything away that is there, whatever was told when it was made. */
  String takeAway() {
    Optional<RuntimeException> failed = Optional.empty();
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (RuntimeException e) {
        failed = failed.or(() -> Optional.of(e));
      }
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
    return namespace() + " is gone";
  }

  // Object stores have no folders; a disk keeps them, empty.
  private void removeFolders(String location) {
    if (!LocalPaths.isLocal(location)) {
      return;
    }
    Path table = LocalPaths.path(location);
    Path top = table.getParent();
    Path from = top != null && top.getFileName().toString().contains(namespace()) ? top : table;
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> folders = Files.walk(from)) {
      for (Path each :
          folders.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        try (Stream<Path> inside = Files.list(each)) {
          if (inside.findAny().isEmpty()) {
            Files.delete(each);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
