package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/**
 * The present values of one column at a time, numbered without gaps. One instance is reused for all
 * columns of its kind, so that its arrays are allocated once and its loops see one kind of value.
 */
abstract class ColumnValues {
  /** More distinct values than this do not pay: their indexes are as good as random. */
  static final int MOST_ENTRIES = 1 << 16;

  private static final int MOST_DICTIONARY_BYTES = 1 << 20;
  private static final int TRIAL = 8_192;

  /** The dictionary entry of each value, once coded. */
  int[] indexes = new int[0];

  /** The number of present values. */
  int count;

  /** Distinct values found while coding. */
  int entries;

  /** The page that last looked at an entry, so that statistics look at each only once a page. */
  private int[] seenInPage = new int[0];

  private int page;

  /** Takes the values of a vector; reads the vector's memory until the next load. */
  abstract void load(FieldVector vector, Presence presence);

  /** Numbers the distinct values; false if a dictionary would not pay. */
  abstract boolean code();

  abstract void putDictionary(PageBuffer page);

  /** Appends the values {@code [from, to)} in PLAIN encoding. */
  abstract void putPlain(PageBuffer page, int from, int to);

  /** Feeds the least and the greatest of the values {@code [from, to)}; NaN takes no part. */
  abstract void bound(Statistics<?> statistics, int from, int to);

  /** As {@link #bound}, by the dictionary's entries. */
  abstract void boundCoded(Statistics<?> statistics, int from, int to);

  /** Puts every value, or every entry if coded, into a bloom filter. */
  abstract void fill(BloomFilter filter, boolean coded);

  /**
   * Where a page of values from {@code from} on must be cut to hold at most {@code bytes}; at least
   * one value fits.
   */
  int cut(int from, int to, int bytes) {
    return to;
  }

  /** NaN among the values. */
  long nans() {
    return 0;
  }

  final void startCoding() {
    entries = 0;
    if (indexes.length < count) {
      indexes = new int[count];
    }
  }

  /** Judged whenever an entry is added: distinct values come too fast or are too many. */
  static boolean tooManyEntries(int entries, long entryBytes, int coded) {
    return entries == MOST_ENTRIES
        || entryBytes > MOST_DICTIONARY_BYTES
        || (coded > TRIAL && entries > coded - (coded >>> 4));
  }

  /** Judged at the end: entries and packed indexes against the values themselves. */
  final boolean pays(long entryBytes, long plainBytes) {
    return entryBytes + (long) count * IndexPacking.width(entries) / 8 < plainBytes;
  }

  final void startPage() {
    if (seenInPage.length < entries) {
      seenInPage =
          new int
              [Math.max(
                  1_024, indexes.length == 0 ? entries : Math.min(MOST_ENTRIES, 2 * entries))];
      page = 0;
    }
    if (++page == Integer.MAX_VALUE) {
      Arrays.fill(seenInPage, 0);
      page = 1;
    }
  }

  final boolean firstInPage(int entry) {
    if (seenInPage[entry] == page) {
      return false;
    }
    seenInPage[entry] = page;
    return true;
  }
}
