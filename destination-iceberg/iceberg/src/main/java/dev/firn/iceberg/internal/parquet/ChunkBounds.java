package dev.firn.iceberg.internal.parquet;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Null count and bounds of one column of a row group, without NaN. They are kept until the file is
 * sealed, so bounds too long for a footer are shortened at once: the lower one cut, the upper one
 * cut and raised. A text of nothing but the greatest character cannot be raised and stays whole.
 *
 * @param exact whether the bounds are values of the column; if not, they are for Iceberg's
 *     truncated metrics only
 */
record ChunkBounds(Statistics<?> statistics, boolean exact) {
  static final int SHORT_BYTES = 64;

  static ChunkBounds of(PrimitiveType type, Statistics<?> statistics) {
    if (!statistics.hasNonNullValue()
        || statistics.isSmallerThan(ParquetMetadataConverter.MAX_STATS_SIZE)) {
      return new ChunkBounds(statistics, true);
    }
    BinaryTruncator truncator = BinaryTruncator.getTruncator(type);
    Statistics<?> shortened =
        Statistics.getBuilderForReading(type)
            .withMin(bytes(truncator.truncateMin(binary(statistics.getMinBytes()), SHORT_BYTES)))
            .withMax(bytes(truncator.truncateMax(binary(statistics.getMaxBytes()), SHORT_BYTES)))
            .withNumNulls(statistics.getNumNulls())
            .build();
    return new ChunkBounds(shortened, false);
  }

  private static Binary binary(byte[] bytes) {
    return Binary.fromConstantByteArray(bytes);
  }

  private static byte[] bytes(Binary binary) {
    return binary.getBytes();
  }
}
