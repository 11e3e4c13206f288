package dev.firn.internal.normalize;

import java.util.Arrays;

/** The keys of all objects of one captured value: which of them came before in the same object. */
final class SeenKeys {
  private static final int FEW = 64;

  // Open addressing: 0 is free, else the number of an entry and 1.
  private int[] slots = new int[2 * FEW];
  private int[] owners = new int[FEW];
  private int[] starts = new int[FEW];
  private int[] ends = new int[FEW];
  private int count;

  /** Forgets all keys. */
  void clear() {
    if (slots.length > 2 * FEW) {
      slots = new int[2 * FEW]; // one large value must not make all small ones slow
    } else if (count > 0) {
      Arrays.fill(slots, 0);
    }
    count = 0;
  }

  /**
   * Takes a key in.
   *
   * @param owner number of its object
   * @param text holds this key and all before it
   * @return whether the object did not have it yet
   */
  boolean add(int owner, byte[] text, int from, int to) {
    if (2 * count >= slots.length) {
      grow(text);
    }
    int slot = free(owner, text, from, to);
    if (slots[slot] != 0) {
      return false;
    }
    if (count == owners.length) {
      owners = Arrays.copyOf(owners, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    owners[count] = owner;
    starts[count] = from;
    ends[count] = to;
    slots[slot] = ++count;
    return true;
  }

  /** The slot of the same key, or the free one where it belongs. */
  private int free(int owner, byte[] text, int from, int to) {
    int hash = owner;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    hash *= 0x9E3779B9;
    int slot = hash >>> 7 & slots.length - 1;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (owners[entry] == owner
          && Arrays.equals(text, starts[entry], ends[entry], text, from, to)) {
        return slot;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow(byte[] text) {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < count; entry++) {
      slots[free(owners[entry], text, starts[entry], ends[entry])] = entry + 1;
    }
  }
}
