package dev.firn.internal.normalize;

import dev.firn.batch.KeyHash;
import java.util.Arrays;

/** The ids of one table's rows, one behind the other, in memory that is used again. */
final class RowIds {
  private byte[] text = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int count;

  void clear() {
    count = 0;
  }

  byte[] text() {
    return text;
  }

  int from(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  int to(int row) {
    return ends[row];
  }

  /** Adds the id that {@code prefix}, {@code .} or {@code -} and a number make. */
  void add(byte[] prefix, int from, int to, char between, long number) {
    int at = begin(to - from + 21);
    System.arraycopy(prefix, from, text, at, to - from);
    at += to - from;
    text[at++] = (byte) between;
    end(digits(number, at));
  }

  /** Adds the id of a key. */
  void add(KeyHash key) {
    int at = begin(KeyHash.ID_LENGTH);
    key.writeId(text, at);
    end(at + KeyHash.ID_LENGTH);
  }

  private int digits(long number, int at) {
    long rest = number;
    int length = 1;
    while ((rest /= 10) != 0) {
      length++;
    }
    rest = number;
    for (int i = at + length - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + length;
  }

  private int begin(int room) {
    int at = count == 0 ? 0 : ends[count - 1];
    if (at + room > text.length) {
      text = Arrays.copyOf(text, Math.max(at + room, text.length * 2));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    return at;
  }

  private void end(int at) {
    ends[count++] = at;
  }
}
