package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndexBuilder;

/** Length in bytes, header included, and number of rows of each data page of a column chunk. */
final class PageSizes {
  private int[] bytes = new int[8];
  private int[] rows = new int[8];
  private int pages;
  private long totalBytes;

  void add(int pageBytes, int pageRows) {
    if (pages == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * pages);
      rows = Arrays.copyOf(rows, 2 * pages);
    }
    bytes[pages] = pageBytes;
    rows[pages++] = pageRows;
    totalBytes += pageBytes;
  }

  int pages() {
    return pages;
  }

  long totalBytes() {
    return totalBytes;
  }

  /** Where each page lies, if the first one begins at a position of the file. */
  OffsetIndex offsetsFrom(long position) {
    OffsetIndexBuilder builder = OffsetIndexBuilder.getBuilder();
    for (int i = 0; i < pages; i++) {
      builder.add(bytes[i], rows[i]);
    }
    return builder.build(position);
  }
}
