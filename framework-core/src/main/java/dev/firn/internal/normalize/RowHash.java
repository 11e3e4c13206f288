package dev.firn.internal.normalize;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * The hash of a whole record as it arrived: a sum over all its values of a mix of column, place and
 * value. A sum is free of order, so fields may come in any; list positions are part of a value's
 * place. Numbers hash by value, so the type of their column does not matter. Part of every merged
 * table: never change what it computes.
 */
final class RowHash {
  private static final long PRIME = 0x9E3779B97F4A7C15L;
  private static final long NUMBER = 1;
  private static final long TEXT = 2;
  private static final long TRUE = 3;
  private static final long FALSE = 4;

  private RowHash() {}

  /** Scatters the bits (Stafford's variant 13 of the murmur finaliser). */
  static long mix(long bits) {
    long z = bits;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A value in its column; {@code place} tells the row within the record. */
  static long value(long place, long column, long hash) {
    return mix(place + column * PRIME ^ mix(hash));
  }

  /** The place of a list's element. */
  static long element(long place, long list, int index) {
    return mix(place * PRIME + list) + index;
  }

  static long of(long number) {
    return number * PRIME + NUMBER;
  }

  /** A double that is integral and in range hashes as the long. */
  static long of(double number) {
    long whole = (long) number;
    return whole == number ? of(whole) : Double.doubleToLongBits(number) * PRIME + NUMBER;
  }

  static long of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static long of(byte[] bytes, int from, int to) {
    long hash = (to - from) * PRIME + TEXT;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ MemoryUtil.getLong(bytes, at)) * PRIME;
      hash ^= hash >>> 29;
    }
    long tail = 0;
    for (; at < to; at++) {
      tail = (tail << 8) | (bytes[at] & 0xff);
    }
    return mix(hash ^ tail * PRIME);
  }
}
