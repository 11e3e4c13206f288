package dev.firn.iceberg.internal.merge;

import java.util.Arrays;

/**
 * Keys of staged rows by their 128-bit hash: open addressing in one array of longs, four a slot.
 * Each key knows its winning row, the row's hash and what was found in the target.
 */
final class KeyTable {
  /** Nothing found in the target. */
  static final int NEW = 0;

  /** One row of equal hash found; where it is has taken the place of the row hash. */
  static final int SAME = 1;

  /** Rows found that are to be replaced; the id of one has taken the place of the row hash. */
  static final int REPLACED = 2;

  static final int BYTES_PER_KEY = 46; // 34 bytes a slot, three of four slots full at most

  private static final int WIDTH = 4;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int ROW = 2; // row + 1, shifted; below it: flags, state
  private static final int HASH = 3;

  /** The winning row has a hash. */
  static final int HAS_HASH = 4;

  /** The winning row says that its key is to be deleted. */
  static final int DELETES = 8;

  private static final int ROW_SHIFT = 4;
  private static final long STATE = 3;

  private static final int FILTER_BITS_PER_SLOT = 16;

  private long[] slots;
  private int mask;
  private int size;

  /** A bit for each key's hash: small enough to stay in cache, it answers most look-ups. */
  private long[] filter;

  KeyTable(long expectedKeys) {
    long wanted = Math.max(16, Math.min(expectedKeys, 1L << 27) * 4 / 3);
    int capacity = Integer.highestOneBit((int) wanted - 1) << 1;
    slots = new long[capacity * WIDTH];
    filter = new long[capacity * FILTER_BITS_PER_SLOT / Long.SIZE];
    mask = capacity - 1;
  }

  /** Forgets all keys. */
  void clear() {
    Arrays.fill(slots, 0);
    Arrays.fill(filter, 0);
    size = 0;
  }

  /** The number of slots: each is empty or holds a key. */
  int capacity() {
    return mask + 1;
  }

  boolean full(int slot) {
    return slots[slot * WIDTH + ROW] != 0;
  }

  /** The slot of a key; {@code -1} if it is not there. */
  int find(long high, long low) {
    if ((filter[word(high)] & (1L << high)) == 0) {
      return -1;
    }
    int slot = (int) low & mask;
    while (true) {
      int at = slot * WIDTH;
      if (slots[at + ROW] == 0) {
        return -1;
      }
      if (slots[at + LOW] == low && slots[at + HIGH] == high) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  /**
   * Adds a key that is not there, with its first row.
   *
   * @param flags {@link #HAS_HASH}, {@link #DELETES}, their sum or 0
   */
  void add(long high, long low, long row, long rowHash, int flags) {
    if ((size + 1L) * 4 > (mask + 1L) * 3) {
      grow();
    }
    size++;
    int slot = free(low);
    filter[word(high)] |= 1L << high;
    slots[slot * WIDTH + HIGH] = high;
    slots[slot * WIDTH + LOW] = low;
    set(slot, row, rowHash, flags);
  }

  /** Gives a key another winning row. */
  void set(int slot, long row, long rowHash, int flags) {
    slots[slot * WIDTH + ROW] = ((row + 1) << ROW_SHIFT) | flags;
    slots[slot * WIDTH + HASH] = rowHash;
  }

  private int word(long high) {
    return (int) (high >>> 6) & (filter.length - 1);
  }

  private int free(long low) {
    int slot = (int) low & mask;
    while (full(slot)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    filter = new long[filter.length * 2];
    mask = slots.length / WIDTH - 1;
    for (int at = 0; at < old.length; at += WIDTH) {
      if (old[at + ROW] != 0) {
        filter[word(old[at + HIGH])] |= 1L << old[at + HIGH];
        System.arraycopy(old, at, slots, free(old[at + LOW]) * WIDTH, WIDTH);
      }
    }
  }

  /** The winning row of a key. */
  long row(int slot) {
    return (slots[slot * WIDTH + ROW] >>> ROW_SHIFT) - 1;
  }

  /** Whether the winning row says that its key is to be deleted. */
  boolean deletes(int slot) {
    return (slots[slot * WIDTH + ROW] & DELETES) != 0;
  }

  int state(int slot) {
    return (int) (slots[slot * WIDTH + ROW] & STATE);
  }

  void setState(int slot, int state) {
    int at = slot * WIDTH + ROW;
    slots[at] = (slots[at] & ~STATE) | state;
  }

  /** Whether the winning row has this hash; to be asked while the state is {@link #NEW}. */
  boolean hasRowHash(int slot, long rowHash) {
    int at = slot * WIDTH;
    return (slots[at + ROW] & HAS_HASH) != 0 && slots[at + HASH] == rowHash;
  }

  /** Remembers where the row of equal hash is. */
  void setSame(int slot, long location) {
    setState(slot, SAME);
    slots[slot * WIDTH + HASH] = location;
  }

  /** Notes a row that is to be replaced: of several the least id counts. */
  void setReplaced(int slot, long rowId) {
    int at = slot * WIDTH + HASH;
    long known = state(slot) == REPLACED ? slots[at] : RowIds.NONE;
    boolean both = known != RowIds.NONE && rowId != RowIds.NONE;
    slots[at] = both ? Math.min(known, rowId) : Math.max(known, rowId);
    setState(slot, REPLACED);
  }

  /** The id of the row that is replaced, while the state is {@link #REPLACED}. */
  long replacedId(int slot) {
    return slots[slot * WIDTH + HASH];
  }

  /** Where the row of equal hash is, while the state is {@link #SAME}. */
  long location(int slot) {
    return slots[slot * WIDTH + HASH];
  }
}
