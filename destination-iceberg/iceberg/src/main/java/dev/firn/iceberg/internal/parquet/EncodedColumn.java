package dev.firn.iceberg.internal.parquet;

import java.util.Optional;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * What the footer will say about one column of a row group. Offsets count from the row group's
 * first byte.
 *
 * @param column name and type
 * @param absent whether the row group came without it, so that all its values are null
 * @param start where the column's first page begins
 * @param dictionaryBytes length of the dictionary page with its header, 0 if there is none
 * @param pages sizes and row counts of the data pages
 * @param plainBytes length before compression, headers included
 * @param bounds null count and bounds
 * @param nans NaN among the values
 * @param columnIndex bounds by page; absent if NaN would make readers skip rows
 * @param bloomFilter if the column was to have one
 */
record EncodedColumn(
    FileColumn column,
    boolean absent,
    long start,
    int dictionaryBytes,
    PageSizes pages,
    long plainBytes,
    ChunkBounds bounds,
    long nans,
    Optional<ColumnIndex> columnIndex,
    Optional<BloomFilter> bloomFilter) {
  // What parquet-java writes beside pages of version 1, for both kinds of page, and every reader
  // knows.
  @SuppressWarnings("deprecation")
  static final Encoding DICTIONARY = Encoding.PLAIN_DICTIONARY;

  Statistics<?> statistics() {
    return bounds.statistics();
  }

  boolean coded() {
    return dictionaryBytes > 0;
  }

  /** Length in the file. */
  long bytes() {
    return dictionaryBytes + pages.totalBytes();
  }

  Encoding dataEncoding() {
    return coded() ? DICTIONARY : Encoding.PLAIN;
  }

  EncodingStats encodingStats() {
    EncodingStats.Builder stats =
        new EncodingStats.Builder().addDataEncoding(dataEncoding(), pages.pages());
    return (coded() ? stats.addDictEncoding(DICTIONARY) : stats).build();
  }

  /** Where each page lies, if the row group begins at {@code groupStart}. */
  OffsetIndex offsetIndex(long groupStart) {
    return pages.offsetsFrom(groupStart + start + dictionaryBytes);
  }
}
