package dev.firn.internal.normalize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text of a column for a regular expression to look at, filled again for each row. It ends a
 * search that goes back and forth without end: after many looks {@link #charAt} throws.
 */
final class StoredText implements CharSequence {
  /** Beyond this, a search takes longer than loading the rest of its row by far. */
  private static final int LOOKS = 100_000;

  private static final int LOOKS_PER_CHARACTER = 50;

  private byte[] bytes = new byte[64];
  private int length;
  private @Nullable String decoded;
  private long looksLeft;

  /** Thrown to leave a search. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    Endless() {
      super(null, null, false, false);
    }
  }

  /** Room for a text of so many bytes, to be filled from 0. */
  byte[] reserve(int size) {
    if (bytes.length < size) {
      bytes = new byte[Math.max(size, bytes.length * 2)];
    }
    length = size;
    decoded = null;
    return bytes;
  }

  /** Begins a search; to be called once the bytes are there. */
  StoredText searched() {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        decoded = text();
        break;
      }
    }
    looksLeft = LOOKS + (long) LOOKS_PER_CHARACTER * length;
    return this;
  }

  /** Characters of the text, as code points. */
  int characters() {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  int bytes() {
    return length;
  }

  long hash() {
    return RowHash.of(bytes, 0, length);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  boolean is(byte[] utf8) {
    return Arrays.equals(bytes, 0, length, utf8, 0, utf8.length);
  }

  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public int length() {
    return decoded == null ? length : decoded.length();
  }

  @Override
  public char charAt(int index) {
    if (--looksLeft < 0) {
      throw new Endless();
    }
    return decoded == null ? (char) bytes[index] : decoded.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text().substring(start, end);
  }

  @Override
  public String toString() {
    return text();
  }
}
