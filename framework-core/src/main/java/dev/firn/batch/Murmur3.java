package dev.firn.batch;

import org.apache.arrow.memory.util.MemoryUtil;

/** MurmurHash3 x64 128 over words; each pair of words is one of its blocks. */
final class Murmur3 {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long h1;
  private long h2;
  private long pending;
  private long count;
  private boolean finished;
  private long high;
  private long low;

  void become(Murmur3 other) {
    h1 = other.h1;
    h2 = other.h2;
    pending = other.pending;
    count = other.count;
    finished = false;
  }

  void add(byte[] bytes, int from, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long word = 0;
      int end = Math.min(Long.BYTES, length - i);
      for (int b = 0; b < end; b++) {
        word |= (bytes[from + i + b] & 0xFFL) << (8 * b);
      }
      add(word);
    }
  }

  void add(long address, int length) {
    int whole = length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      add(MemoryUtil.getLong(address + i));
    }
    if (whole < length) {
      long word = 0;
      for (int b = 0; b < length - whole; b++) {
        word |= (MemoryUtil.getByte(address + whole + b) & 0xFFL) << (8 * b);
      }
      add(word);
    }
  }

  void add(long word) {
    finished = false;
    if ((count++ & 1) == 0) {
      pending = word;
      return;
    }
    h1 = (Long.rotateLeft(h1 ^ first(pending), 27) + h2) * 5 + 0x52dce729;
    h2 = (Long.rotateLeft(h2 ^ second(word), 31) + h1) * 5 + 0x38495ab5;
  }

  private static long first(long word) {
    return Long.rotateLeft(word * C1, 31) * C2;
  }

  private static long second(long word) {
    return Long.rotateLeft(word * C2, 33) * C1;
  }

  void finish() {
    if (finished) {
      return;
    }
    finished = true;
    long length = count * Long.BYTES;
    long a = (count & 1) == 0 ? h1 : h1 ^ first(pending);
    a ^= length;
    long b = h2 ^ length;
    a += b;
    b += a;
    a = mixed(a);
    b = mixed(b);
    high = a + b;
    low = b + high;
  }

  private static long mixed(long value) {
    long v = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    v = (v ^ (v >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return v ^ (v >>> 33);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
