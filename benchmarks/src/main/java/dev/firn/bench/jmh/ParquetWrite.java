package dev.firn.bench.jmh;

import dev.firn.bench.data.TripVectors;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.RowGroupEncoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The Parquet write path alone: the same trips, 21 columns, zstd, on one thread into memory, by
 * Firn's encoders and by Iceberg's generic writer; millions of rows a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class ParquetWrite {
  private static final int ROWS = 200_000;
  private static final long SEED = 7;
  private static final String PATH = "memory:/trips.parquet";

  private final BufferAllocator allocator = new RootAllocator();
  private final InMemoryFileIO io = new InMemoryFileIO();
  private final RowGroupEncoder encoder = new RowGroupEncoder(EncoderSettings.DEFAULT);
  private List<FieldVector> vectors = List.of();
  private Schema schema = new Schema();
  private List<Record> records = List.of();

  @Setup
  public void makeRows() {
    vectors = TripVectors.of(ROWS, SEED, allocator);
    schema = TripRecords.schema(vectors);
    records = TripRecords.of(schema, vectors, ROWS);
  }

  @TearDown
  public void close() {
    encoder.close();
    vectors.forEach(FieldVector::close);
    allocator.close();
  }

  /** As a load writes: the encoder and its zstd context are kept from row group to row group. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long firnEncoders() {
    try (OpenParquetFile file = OpenParquetFile.create(io, PATH)) {
      file.append(encoder.encode(vectors, ROWS), 0);
      FooterSchema footer = FooterSchema.of(schema, MetricsConfig.getDefault());
      return forget(file.seal(footer, group -> true).orElseThrow().length());
    }
  }

  /** Records that are already there. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long genericRecords() throws IOException {
    return write(records);
  }

  /** Records made of the same vectors first, as an engine that lands rows must. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long genericRecordsFromVectors() throws IOException {
    return write(TripRecords.of(schema, vectors, ROWS));
  }

  private long write(List<Record> rows) throws IOException {
    FileAppender<Record> appender =
        Parquet.write(io.newOutputFile(PATH))
            .schema(schema)
            .set("write.parquet.compression-codec", "zstd")
            .metricsConfig(MetricsConfig.getDefault())
            .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
            .build();
    try (appender) {
      appender.addAll(rows);
    }
    return forget(appender.length());
  }

  /** Iceberg's files in memory outlive everything but this. */
  private long forget(long length) {
    io.deleteFile(PATH);
    return length;
  }
}
