package dev.firn.files.internal.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: a byte of a word is searched for without a loop over its bytes. */
public final class Words {
  /** Bytes that an array must have after the last one that is searched. */
  public static final int SPARE = 8;

  static final long ONES = 0x0101010101010101L;
  static final long HIGH = 0x8080808080808080L;
  private static final long LOW = ~HIGH;
  private static final long NEWLINES = ONES * '\n';

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** The word at {@code i}, its first byte lowest. */
  static long at(byte[] b, int i) {
    return (long) LONG.get(b, i);
  }

  /** The high bit of each byte that is zero; exact up to the first, which is what is asked for. */
  static long zeros(long w) {
    return (w - ONES) & ~w & HIGH;
  }

  /** How many bytes lie before the first one that {@code marks} marks. */
  static int before(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** The first newline in {@code [from, to)}, or -1. */
  public static int newline(byte[] b, int from, int to) {
    return find(b, from, to, '\n');
  }

  /** The first {@code c}, an ASCII character, in {@code [from, to)}, or -1. */
  static int find(byte[] b, int from, int to, int c) {
    long all = ONES * c;
    int i = from;
    for (; i <= to - 8; i += 8) {
      long marks = zeros(at(b, i) ^ all);
      if (marks != 0) {
        return i + before(marks);
      }
    }
    for (; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /** The last newline in {@code [from, to)}, or -1. */
  public static int lastNewline(byte[] b, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** How many newlines lie in {@code [from, to)}. */
  public static long newlines(byte[] b, int from, int to) {
    long count = 0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      long w = at(b, i) ^ NEWLINES;
      // exact for every byte, unlike zeros(): no borrow crosses a byte
      count += Long.bitCount(~(((w & LOW) + LOW) | w | LOW));
    }
    for (; i < to; i++) {
      if (b[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
