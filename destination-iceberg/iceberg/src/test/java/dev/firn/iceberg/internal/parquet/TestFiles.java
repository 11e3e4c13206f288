package dev.firn.iceberg.internal.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Files written by Firn and by Iceberg, and readers that are not Firn's. A row group is a list of
 * columns, each a list of values.
 */
final class TestFiles {
  private TestFiles() {}

  static SealedFile write(
      FileIO io,
      String path,
      Schema schema,
      List<List<List<@Nullable Object>>> groups,
      EncoderSettings settings) {
    return write(io, path, schema, groups, settings, "truncate(16)");
  }

  /** A file whose metrics are kept in a mode of Iceberg's. */
  static SealedFile write(
      FileIO io,
      String path,
      Schema schema,
      List<List<List<@Nullable Object>>> groups,
      EncoderSettings settings,
      String metricsMode) {
    MetricsConfig metrics =
        MetricsConfig.fromProperties(
            Map.of(TableProperties.DEFAULT_WRITE_METRICS_MODE, metricsMode));
    try (OpenParquetFile file = OpenParquetFile.create(io, path)) {
      append(file, schema, groups, settings);
      return file.seal(FooterSchema.of(schema, metrics), all()).orElseThrow();
    }
  }

  /** Appends the groups with their numbers times 10 as tags. */
  static void append(
      OpenParquetFile file,
      Schema schema,
      List<List<List<@Nullable Object>>> groups,
      EncoderSettings settings) {
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(settings)) {
      for (List<List<@Nullable Object>> columns : groups) {
        file.append(encode(encoder, schema, columns, allocator), 10L * groups.indexOf(columns));
      }
    }
  }

  static EncodedRowGroup encode(
      RowGroupEncoder encoder,
      Schema schema,
      List<List<@Nullable Object>> columns,
      BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (int i = 0; i < columns.size(); i++) {
        vectors.add(Vectors.of(schema.columns().get(i), columns.get(i), allocator));
      }
      return encoder.encode(vectors, columns.get(0).size());
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  static IntPredicate all() {
    return index -> true;
  }

  static List<Record> records(Schema schema, List<List<List<@Nullable Object>>> groups) {
    List<Record> records = new ArrayList<>();
    for (List<List<@Nullable Object>> columns : groups) {
      for (int row = 0; row < columns.get(0).size(); row++) {
        GenericRecord record = GenericRecord.create(schema);
        for (int i = 0; i < columns.size(); i++) {
          record.set(i, columns.get(i).get(row));
        }
        records.add(record);
      }
    }
    return records;
  }

  static FileAppender<Record> writeGeneric(
      FileIO io, String path, Schema schema, List<Record> records, boolean version2)
      throws IOException {
    FileAppender<Record> appender =
        Parquet.write(io.newOutputFile(path))
            .schema(schema)
            .metricsConfig(MetricsConfig.getDefault())
            .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
            .writerVersion(
                version2
                    ? org.apache.parquet.column.ParquetProperties.WriterVersion.PARQUET_2_0
                    : org.apache.parquet.column.ParquetProperties.WriterVersion.PARQUET_1_0)
            .build();
    try (appender) {
      appender.addAll(records);
    }
    return appender;
  }

  /** All rows, by Iceberg's generic reader. */
  static List<Record> read(FileIO io, String path, Schema schema) throws IOException {
    try (CloseableIterable<Record> rows =
        Parquet.read(io.newInputFile(path))
            .project(schema)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
            .build()) {
      List<Record> records = new ArrayList<>();
      rows.forEach(records::add);
      return records;
    }
  }

  /**
   * Rows by parquet-java's example reader, as text; the filter is applied with column indexes and
   * everything else it has.
   */
  static List<String> readGroups(FileIO io, String path, FilterCompat.Filter filter)
      throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = new GroupReader(io, path).withFilter(filter).build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        rows.add(group.toString());
      }
    }
    return rows;
  }

  static ParquetMetadata footer(FileIO io, String path) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(new ParquetInput(io.newInputFile(path)))) {
      return reader.getFooter();
    }
  }

  static Types.NestedField field(Schema schema, int index) {
    return schema.columns().get(index);
  }

  private static final class GroupReader extends ParquetReader.Builder<Group> {
    GroupReader(FileIO io, String path) {
      super(
          new ParquetInput(io.newInputFile(path)),
          new org.apache.parquet.conf.PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
