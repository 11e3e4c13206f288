package dev.firn.iceberg.internal.parquet;

import org.apache.arrow.memory.util.MemoryUtil;

/** Byte strings outside the heap, eight bytes at a time; never reads past their end. */
final class Bytes {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private Bytes() {}

  /** A hash whose low bits are good enough for a table; not for anything stored. */
  static long hash(long address, int length) {
    long hash = length * MIX;
    if (length >= Long.BYTES) {
      int last = length - Long.BYTES;
      for (int i = 0; i < last; i += Long.BYTES) {
        hash = mix(hash, MemoryUtil.getLong(address + i));
      }
      hash = mix(hash, MemoryUtil.getLong(address + last));
    } else {
      hash = mix(hash, shortWord(address, length));
    }
    return hash ^ hash >>> 32;
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * MIX;
    return mixed ^ mixed >>> 29;
  }

  /** Up to seven bytes as one number; equal words of one length mean equal bytes. */
  private static long shortWord(long address, int length) {
    if (length >= Integer.BYTES) {
      long low = MemoryUtil.getInt(address) & 0xFFFFFFFFL;
      return low | (long) MemoryUtil.getInt(address + length - Integer.BYTES) << 32;
    }
    if (length == 0) {
      return 0;
    }
    int middle = MemoryUtil.getByte(address + (length >>> 1)) & 0xFF;
    int last = MemoryUtil.getByte(address + length - 1) & 0xFF;
    return (MemoryUtil.getByte(address) & 0xFF) | middle << 8 | last << 16;
  }

  static boolean equal(long left, long right, int length) {
    if (length < Long.BYTES) {
      return shortWord(left, length) == shortWord(right, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (MemoryUtil.getLong(left + i) != MemoryUtil.getLong(right + i)) {
        return false;
      }
    }
    return MemoryUtil.getLong(left + last) == MemoryUtil.getLong(right + last);
  }

  /**
   * The first eight bytes, the first one highest, missing ones as zero: compared unsigned, they
   * order byte strings unless they are equal.
   */
  static long prefix(long address, int length) {
    if (length >= Long.BYTES) {
      return Long.reverseBytes(MemoryUtil.getLong(address));
    }
    long prefix = 0;
    for (int i = 0; i < length; i++) {
      prefix |= (MemoryUtil.getByte(address + i) & 0xFFL) << (56 - 8 * i);
    }
    return prefix;
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
