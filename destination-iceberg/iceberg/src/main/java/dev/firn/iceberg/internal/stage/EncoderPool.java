package dev.firn.iceberg.internal.stage;

import dev.firn.iceberg.internal.parquet.EncodedRowGroup;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.RowGroupEncoder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Encoders with their buffers, handed from thread to thread: as many as threads encode at once. */
final class EncoderPool implements AutoCloseable {
  private final Map<Set<String>, Queue<RowGroupEncoder>> idle = new ConcurrentHashMap<>();

  /**
   * Encodes rows for a file.
   *
   * @param columns the file's
   * @param bloomColumns names of those that get a bloom filter
   */
  EncodedRowGroup encode(
      List<Field> columns, List<FieldVector> vectors, int rows, Set<String> bloomColumns) {
    Queue<RowGroupEncoder> encoders =
        idle.computeIfAbsent(bloomColumns, any -> new ConcurrentLinkedQueue<>());
    RowGroupEncoder encoder = encoders.poll();
    if (encoder == null) {
      encoder = new RowGroupEncoder(EncoderSettings.DEFAULT.withBloomColumns(bloomColumns));
    }
    try {
      return encoder.encode(columns, vectors, rows);
    } finally {
      encoders.add(encoder);
    }
  }

  @Override
  public void close() {
    idle.values().forEach(encoders -> encoders.forEach(RowGroupEncoder::close));
    idle.clear();
  }
}
