package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.DataWriter;

/** Data files that another engine has made for a table. */
final class ForeignFile {
  private ForeignFile() {}

  /** A file of an unpartitioned table. */
  static DataFile write(Table table, Iterable<Record> rows) {
    String path =
        table.locationProvider().newDataLocation("foreign-" + UUID.randomUUID() + ".parquet");
    try {
      DataWriter<Record> writer =
          FormatModelRegistry.<Record, Object>dataWriteBuilder(
                  FileFormat.PARQUET,
                  Record.class,
                  EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path)))
              .schema(table.schema())
              .metricsConfig(MetricsConfig.forTable(table))
              .spec(table.spec())
              .build();
      try (writer) {
        rows.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file a partition. */
  static List<DataFile> byPartition(Table table, Collection<Record> rows) {
    Map<PartitionKey, List<Record>> parts =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> partition(table, row), LinkedHashMap::new, Collectors.toList()));
    List<DataFile> files = new ArrayList<>();
    parts.forEach((partition, its) -> files.add(file(table, partition, its)));
    return files;
  }

  /** The partition of a row, by the table's present spec. */
  static PartitionKey partition(Table table, Record row) {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    return key;
  }

  private static DataFile file(Table table, PartitionKey partition, List<Record> rows) {
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(table.schema())
            .build()
            .newDataWriter(
                output(table, partition, "rows"),
                table.spec(),
                table.spec().isPartitioned() ? partition : null);
    try (writer) {
      rows.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  /**
   * A new file in the place of a partition.
   *
   * @param what says in its name what it holds
   */
  static EncryptedOutputFile output(Table table, PartitionKey partition, String what) {
    String name = "foreign-%s-%s.parquet".formatted(what, UUID.randomUUID());
    String location =
        table.spec().isPartitioned()
            ? table.locationProvider().newDataLocation(table.spec(), partition, name)
            : table.locationProvider().newDataLocation(name);
    return EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(location));
  }
}
