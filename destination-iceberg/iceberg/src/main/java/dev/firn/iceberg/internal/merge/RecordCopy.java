package dev.firn.iceberg.internal.merge;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;

/**
 * Copies chosen rows record by record, through Iceberg's own readers and writers: whatever the
 * types of their columns are, nested ones and those with defaults too. Holds one row group of 32
 * MiB at a time.
 */
final class RecordCopy {
  private static final String GROUP_BYTES = Integer.toString(32 << 20);

  private final Table table;
  private final Schema columns;

  /**
   * @param columns those that are copied, also what tells of the lineage of rows
   */
  RecordCopy(Table table, Schema columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * Rows of one file.
   *
   * @param wanted by position
   * @param edit changes a record on its way
   */
  record Rows(RowSource source, LongPredicate wanted, Consumer<Record> edit) {}

  /** Where a copy lies. */
  record Place(String path, PartitionSpec spec, StructLike partition) {}

  /** Writes the copy; nothing, and no file, if no row is wanted. */
  Optional<DataFile> copy(List<Rows> files, Place place) {
    try (Copy copy = new Copy(place)) {
      for (Rows each : files) {
        copy.add(each);
      }
      return copy.finish();
    } catch (IOException e) {
      throw RecordReader.unreadable(files.get(0).source(), e);
    }
  }

  /** A copy in the making; its file begins with its first row. */
  private final class Copy implements AutoCloseable {
    private final Place place;
    private Optional<DataWriter<Record>> writer = Optional.empty();

    Copy(Place place) {
      this.place = place;
    }

    void add(Rows rows) throws IOException {
      try (CloseableIterable<Record> records = RecordReader.records(rows.source(), columns)) {
        long position = 0;
        for (Record each : records) {
          if (rows.wanted().test(position++)) {
            rows.edit().accept(each);
            open().write(each);
          }
        }
      }
    }

    private DataWriter<Record> open() throws IOException {
      if (writer.isEmpty()) {
        writer = Optional.of(create());
      }
      return writer.get();
    }

    private DataWriter<Record> create() throws IOException {
      Map<String, String> properties = new TreeMap<>(table.properties());
      properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, GROUP_BYTES);
      return FormatModelRegistry.<Record, Object>dataWriteBuilder(
              FileFormat.PARQUET,
              Record.class,
              EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(place.path())))
          .setAll(properties)
          .schema(columns)
          .metricsConfig(MetricsConfig.forTable(table))
          .spec(place.spec())
          .partition(place.partition())
          .build();
    }

    Optional<DataFile> finish() throws IOException {
      close();
      return writer.map(DataWriter::toDataFile);
    }

    @Override
    public void close() throws IOException {
      if (writer.isPresent()) {
        writer.get().close();
      }
    }
  }
}
