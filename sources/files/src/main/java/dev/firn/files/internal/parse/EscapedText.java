package dev.firn.files.internal.parse;

import dev.firn.source.RecordLimits;
import java.util.Arrays;

/** Strings with escapes: gathered here, because the text is not in the input as it is meant. */
final class EscapedText {
  private final RecordLimits limits;
  private byte[] bytes = new byte[256];
  private int length;

  EscapedText(RecordLimits limits) {
    this.limits = limits;
  }

  /** The text read last: the first {@link #length} of these. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Reads the string whose quote is at {@code open}.
   *
   * @param backslash where its first escape is; what lies before is checked
   * @return the index of its closing quote
   */
  int read(byte[] b, int open, int backslash) {
    length = 0;
    int i = open + 1;
    int stop = backslash;
    while (true) {
      room(stop - i + 4);
      System.arraycopy(b, i, bytes, length, stop - i);
      length += stop - i;
      bound(open, length, limits);
      if (b[stop] == '"') {
        return stop;
      }
      i = escape(b, stop);
      stop = JsonTokenizer.plain(b, i);
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  /** Appends the character of the escape at {@code i}; returns the index after it. */
  private int escape(byte[] b, int i) {
    if (b[i + 1] == 'u') {
      return unicode(b, i);
    }
    byte c =
        switch (b[i + 1]) {
          case '"', '\\', '/' -> b[i + 1];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> throw Malformed.expected(i + 1, "one of \"\\/bfnrtu after '\\'");
        };
    bytes[length++] = c;
    return i + 2;
  }

  private int unicode(byte[] b, int i) {
    int unit = hex(b, i + 2);
    if (!Character.isSurrogate((char) unit)) {
      length += Utf8.encode(unit, bytes, length);
      return i + 6;
    }
    if (Character.isHighSurrogate((char) unit) && b[i + 6] == '\\' && b[i + 7] == 'u') {
      int low = hex(b, i + 8);
      if (Character.isLowSurrogate((char) low)) {
        int codePoint = Character.toCodePoint((char) unit, (char) low);
        length += Utf8.encode(codePoint, bytes, length);
        return i + 12;
      }
    }
    throw Malformed.because(
        i, String.format("\\u%04x is half of a surrogate pair without its other half", unit));
  }

  private static int hex(byte[] b, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = b[i] < 0 ? -1 : Character.digit(b[i], 16);
      if (digit < 0) {
        throw Malformed.expected(i, "four hexadecimal digits after '\\u'");
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  /** Refuses a string, whose quote is at {@code open}, that is too long. */
  static void bound(int open, int bytes, RecordLimits limits) {
    if (bytes > limits.stringBytes()) {
      throw Malformed.limit(
          open, "a string of more than " + limits.stringBytes() + " bytes (limits.string-bytes)");
    }
  }
}
