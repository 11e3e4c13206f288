package dev.firn.iceberg.internal.parquet;

import java.util.List;

/** A row group that lies in a file: where, and what the footer needs. */
record AppendedRowGroup(int index, long tag, long start, int rows, List<EncodedColumn> columns) {
  /** The same row group as if it held fewer columns. */
  AppendedRowGroup only(List<Integer> positions) {
    return new AppendedRowGroup(
        index, tag, start, rows, positions.stream().map(columns::get).toList());
  }

  /**
   * Checks one column.
   *
   * @throws IllegalArgumentException if it holds a null
   */
  void requireNoNulls(int column, String name) {
    long nulls = columns.get(column).statistics().getNumNulls();
    if (nulls > 0) {
      throw new IllegalArgumentException(
          "Column '"
              + name
              + "' is required but row group "
              + index
              + " holds "
              + nulls
              + " nulls.");
    }
  }
}
