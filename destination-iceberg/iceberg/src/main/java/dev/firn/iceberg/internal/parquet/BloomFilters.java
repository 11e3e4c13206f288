package dev.firn.iceberg.internal.parquet;

import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/** Sizes of bloom filters: Iceberg's defaults, 1 % false positives and at most 1 MiB. */
final class BloomFilters {
  private static final double FALSE_POSITIVES = 0.01;
  private static final int MOST_BYTES = 1 << 20;

  private BloomFilters() {}

  static BloomFilter sizedFor(int distinctValues) {
    int bits = BlockSplitBloomFilter.optimalNumOfBits(Math.max(1, distinctValues), FALSE_POSITIVES);
    return new BlockSplitBloomFilter(Math.min(bits / Byte.SIZE, MOST_BYTES), MOST_BYTES);
  }
}
