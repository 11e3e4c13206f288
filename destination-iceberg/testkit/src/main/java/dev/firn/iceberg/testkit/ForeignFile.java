package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.DataWriter;

/** A data file that another engine has made for an unpartitioned table. */
final class ForeignFile {
  private ForeignFile() {}

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
}
