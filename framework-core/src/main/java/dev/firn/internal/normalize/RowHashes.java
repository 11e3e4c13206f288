package dev.firn.internal.normalize;

import java.util.Arrays;

/** The row hashes of the root rows that a worker has gathered. */
final class RowHashes {
  private final boolean recorded;
  private long[] hashes = new long[0];

  RowHashes(boolean recorded) {
    this.recorded = recorded;
  }

  /** Whether this load has row hashes. */
  boolean recorded() {
    return recorded;
  }

  void put(int row, long hash) {
    if (row >= hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(1024, row * 2));
    }
    hashes[row] = hash;
  }

  long at(int row) {
    return hashes[row];
  }
}
