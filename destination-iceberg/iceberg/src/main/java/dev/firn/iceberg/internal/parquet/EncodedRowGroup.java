package dev.firn.iceberg.internal.parquet;

import java.util.List;

/**
 * A row group as it will lie in a file, held in memory: compressed pages and what the footer needs
 * to know about them. Made by {@link RowGroupEncoder}, appended once to an {@link OpenParquetFile};
 * immutable, so it may pass between threads.
 */
public final class EncodedRowGroup {
  private final byte[] bytes;
  private final int sizeBytes;
  private final int rows;
  private final List<EncodedColumn> columns;

  EncodedRowGroup(byte[] bytes, int sizeBytes, int rows, List<EncodedColumn> columns) {
    this.bytes = bytes;
    this.sizeBytes = sizeBytes;
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  /** Rows of this group, at least one. */
  public int rows() {
    return rows;
  }

  /** Bytes that this group takes in memory and in the file, without indexes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** The names of the columns, in the order of the file. */
  public List<String> columnNames() {
    return columns.stream().map(column -> column.column().name()).toList();
  }

  /** The content, in an array that may be longer. */
  byte[] bytes() {
    return bytes;
  }

  List<EncodedColumn> columns() {
    return columns;
  }
}
