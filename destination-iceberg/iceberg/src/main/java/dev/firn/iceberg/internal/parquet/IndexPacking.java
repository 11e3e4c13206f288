package dev.firn.iceberg.internal.parquet;

/** Writes dictionary indexes as Parquet's hybrid of run lengths and bit packing. */
final class IndexPacking {
  private IndexPacking() {}

  /**
   * Bits that hold every index of a dictionary; at least one, because some readers do not know
   * width 0.
   */
  static int width(int entries) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(entries - 1));
  }

  /**
   * Appends the values of a data page: the width, then one run if all indexes are equal, else one
   * packed run.
   */
  static void put(PageBuffer page, int[] indexes, int from, int to, int width) {
    page.ensure((long) (to - from) * width / 8 + width + 32L);
    page.putByte(width);
    if (from == to) {
      return;
    }
    if (isConstant(indexes, from, to)) {
      putRun(page, indexes[from], to - from, width);
    } else {
      pack(page, indexes, from, to, width);
    }
  }

  private static boolean isConstant(int[] indexes, int from, int to) {
    int first = indexes[from];
    for (int i = from + 1; i < to; i++) {
      if (indexes[i] != first) {
        return false;
      }
    }
    return true;
  }

  private static void putRun(PageBuffer page, int index, int length, int width) {
    page.putVarint(length << 1);
    for (int shift = 0; shift < width; shift += Byte.SIZE) {
      page.putByte(index >>> shift);
    }
  }

  /** Groups of eight indexes, lowest bits first; the last group is filled up with zeros. */
  private static void pack(PageBuffer page, int[] indexes, int from, int to, int width) {
    int groups = (to - from + 7) >>> 3;
    page.putVarint(groups << 1 | 1);
    int end = page.size() + groups * width;
    long bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      long index = indexes[i];
      bits |= index << held;
      held += width;
      if (held >= Long.SIZE) {
        page.putLong(bits);
        held -= Long.SIZE;
        bits = held == 0 ? 0 : index >>> (width - held);
      }
    }
    while (page.size() < end) {
      page.putByte((int) bits);
      bits >>>= Byte.SIZE;
    }
  }
}
