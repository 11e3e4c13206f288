package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.parquet.RowGroupFilter;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Reads columns of one data file, in row order, a piece at a time. For one thread. */
interface RowReader {
  /**
   * Passes on every row of those stretches that are wanted; others may be passed on too.
   *
   * @param columns top-level columns of primitive types; what the file lacks reads as null
   */
  void read(RowSource source, Schema columns, Stretches wanted, Piece piece);

  /** Tells which rows matter. */
  @FunctionalInterface
  interface Stretches {
    /** All rows. */
    Stretches ALL = (from, rows) -> true;

    /** Whether any of the rows {@code [from, from + rows)} does. */
    boolean touch(long from, long rows);

    /** Whether any row of a row group does, as far as its footer tells. */
    default boolean touch(BlockMetaData group) {
      return touch(group.getRowIndexOffset(), group.getRowCount());
    }

    /** Whether any row of a row group does, as far as its bloom filters tell. */
    default boolean touch(BlockMetaData group, RowGroupFilter.BloomFilters filters) {
      return true;
    }
  }

  /** Takes rows. */
  @FunctionalInterface
  interface Piece {
    /**
     * Takes consecutive rows.
     *
     * @param first position in the file of the first row
     * @param columns those asked for, in that order; valid until the return
     */
    void rows(long first, List<ReadColumn> columns, int rows);
  }
}
