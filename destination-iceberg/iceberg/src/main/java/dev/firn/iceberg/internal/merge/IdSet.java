package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;

/** Ids of rows by their 128-bit hash, two longs an id. */
final class IdSet {
  static final int BYTES_PER_ID = 32; // 16 bytes a slot, half of the slots full at most

  private long[] slots = new long[64];
  private int mask = 31;
  private int size;

  void add(KeyHash id) {
    if ((size + 1L) * 2 > mask + 1L) {
      grow();
    }
    if (put(id.high(), used(id.low()))) {
      size++;
    }
  }

  boolean contains(KeyHash id) {
    long high = id.high();
    long low = used(id.low());
    int slot = (int) low & mask;
    while (slots[2 * slot + 1] != 0) {
      if (slots[2 * slot + 1] == low && slots[2 * slot] == high) {
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** A lower half of zero marks an empty slot. */
  private static long used(long low) {
    return low == 0 ? 1 : low;
  }

  private boolean put(long high, long low) {
    int slot = (int) low & mask;
    while (slots[2 * slot + 1] != 0) {
      if (slots[2 * slot + 1] == low && slots[2 * slot] == high) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[2 * slot] = high;
    slots[2 * slot + 1] = low;
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    mask = slots.length / 2 - 1;
    for (int at = 0; at < old.length; at += 2) {
      if (old[at + 1] != 0) {
        put(old[at], old[at + 1]);
      }
    }
  }
}
