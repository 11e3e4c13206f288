package dev.firn.iceberg.internal.parquet;

import java.util.Optional;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Tells which row groups of a file matter. */
@FunctionalInterface
public interface RowGroupFilter {
  /** Whether a row group does. */
  boolean wants(BlockMetaData group, BloomFilters filters);

  /** Reads the bloom filters of a file, when they are asked for. */
  @FunctionalInterface
  interface BloomFilters {
    /** The filter of a column chunk, if it has one. */
    Optional<BloomFilter> of(ColumnChunkMetaData chunk);
  }
}
