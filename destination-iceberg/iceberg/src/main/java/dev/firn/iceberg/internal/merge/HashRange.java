package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.List;

/**
 * The hashes whose first {@code bits} bits are {@code prefix}. Rows that do not fit into memory are
 * looked at range by range; which ranges there are never changes a result.
 */
record HashRange(int bits, long prefix) {
  /** Ranges that together hold every hash, as few as keep {@code rows} evenly spread below most. */
  static List<HashRange> covering(long rows, long most) {
    int bits = 0;
    while (bits < 20 && rows >>> bits > Math.max(1, most)) {
      bits++;
    }
    List<HashRange> ranges = new ArrayList<>();
    for (long prefix = 0; prefix < 1L << bits; prefix++) {
      ranges.add(new HashRange(bits, prefix));
    }
    return ranges;
  }

  /** Whether no range of the same width comes before. */
  boolean isFirst() {
    return prefix == 0;
  }

  boolean contains(long high) {
    return bits == 0 || high >>> (Long.SIZE - bits) == prefix;
  }
}
