package dev.firn.internal.normalize;

import java.util.Arrays;
import java.util.List;

/** One worker's hashes of the values that may come once. */
final class UniqueRows {
  private final UniqueKeys keys;
  private final long[][] hashes;
  private final int[] counts;
  private final int[] kept;

  UniqueRows(UniqueKeys keys) {
    this.keys = keys;
    this.hashes = new long[keys.columns().size()][256];
    this.counts = new int[hashes.length];
    this.kept = new int[hashes.length];
  }

  /** Notes a row that stays. */
  void add(TableBuilder root, int row) {
    for (int i = 0; i < hashes.length; i++) {
      long hash = hash(root, row, keys.columns().get(i));
      if (hash != 0) {
        if (counts[i] == hashes[i].length) {
          hashes[i] = Arrays.copyOf(hashes[i], counts[i] * 2);
        }
        hashes[i][counts[i]++] = hash;
      }
    }
  }

  /** 0: one of the values is null, or not known yet. */
  static long hash(TableBuilder root, int row, List<String> columns) {
    long hash = 0;
    for (String name : columns) {
      ColumnBuilder column = root.named(name);
      ColumnBuffer buffer = column == null ? null : column.buffer();
      if (column == null || buffer == null || column.clashed() || !buffer.has(row)) {
        return 0;
      }
      hash = RowHash.mix(hash + buffer.hashAt(row));
    }
    return hash;
  }

  void endSplit() {
    System.arraycopy(counts, 0, kept, 0, kept.length);
  }

  void takeBackSplit() {
    System.arraycopy(kept, 0, counts, 0, kept.length);
  }

  /** Hands over what a set holds. */
  void write(long set) {
    for (int i = 0; i < hashes.length; i++) {
      if (kept[i] > 0) {
        keys.write(set, i, hashes[i], kept[i]);
      }
    }
  }

  void reset() {
    Arrays.fill(kept, 0);
    Arrays.fill(counts, 0);
  }
}
