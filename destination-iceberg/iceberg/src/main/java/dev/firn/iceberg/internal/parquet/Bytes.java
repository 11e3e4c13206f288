package dev.firn.iceberg.internal.parquet;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Byte strings outside the heap, eight bytes at a time. Some methods take what lies behind a string
 * along and mask it out: they save the branches that short strings of mixed lengths would cost, and
 * want {@link #SLACK} readable bytes behind the string.
 */
final class Bytes {
  /** Bytes behind a string that a method may read. */
  static final int SLACK = Long.BYTES;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private Bytes() {}

  /**
   * A hash whose low bits are good enough for a table; not for anything stored. Strings of one
   * length up to 8 have different hashes if they differ: each step can be undone. Reads into the
   * slack.
   */
  static long hash(long address, int length) {
    long hash = length * MIX;
    int i = 0;
    for (; i < length - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash, MemoryUtil.getLong(address + i));
    }
    hash = mix(hash, word(address + i, length - i));
    return hash ^ hash >>> 32;
  }

  /** The same hash for a string without slack behind it. */
  static long hashWithoutSlack(long address, int length) {
    long hash = length * MIX;
    int i = 0;
    for (; i < length - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash, MemoryUtil.getLong(address + i));
    }
    hash = mix(hash, wordWithoutSlack(address + i, length - i));
    return hash ^ hash >>> 32;
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * MIX;
    return mixed ^ mixed >>> 29;
  }

  /** The first eight bytes, the first one lowest, missing ones as zero. Reads into the slack. */
  static long word(long address, int length) {
    long word = MemoryUtil.getLong(address);
    return length >= Long.BYTES ? word : word & ((1L << (length << 3)) - 1);
  }

  /** The same word of a string without slack behind it. */
  static long wordWithoutSlack(long address, int length) {
    if (length >= Long.BYTES) {
      return MemoryUtil.getLong(address);
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (MemoryUtil.getByte(address + i) & 0xFFL) << (i << 3);
    }
    return word;
  }

  /** Whether two strings of more than eight bytes are equal. */
  static boolean equal(long left, long right, int length) {
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (MemoryUtil.getLong(left + i) != MemoryUtil.getLong(right + i)) {
        return false;
      }
    }
    return MemoryUtil.getLong(left + last) == MemoryUtil.getLong(right + last);
  }

  /** Compares as unsigned bytes; a prefix comes before the longer string. */
  static int compare(long left, int leftLength, long right, int rightLength) {
    int common = Math.min(leftLength, rightLength);
    int i = 0;
    for (; i + Long.BYTES <= common; i += Long.BYTES) {
      long a = MemoryUtil.getLong(left + i);
      long b = MemoryUtil.getLong(right + i);
      if (a != b) {
        return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
      }
    }
    for (; i < common; i++) {
      int difference =
          (MemoryUtil.getByte(left + i) & 0xFF) - (MemoryUtil.getByte(right + i) & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return leftLength - rightLength;
  }
}
