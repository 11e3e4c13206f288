package dev.firn.files.internal.parse;

/** Well-formed UTF-8 and nothing else (Unicode 15, table 3-7). */
public final class Utf8 {
  private Utf8() {}

  /**
   * The index after the sequence of two to four bytes at {@code i}, or -1 if there is none. Reads
   * on only while bytes continue the sequence, so a zero byte bounds it.
   */
  static int after(byte[] b, int i) {
    int first = b[i] & 0xff;
    if (first < 0xc2) {
      return -1;
    }
    if (first < 0xe0) {
      return continues(b[i + 1]) ? i + 2 : -1;
    }
    int second = b[i + 1] & 0xff;
    if (first < 0xf0) {
      int least = first == 0xe0 ? 0xa0 : 0x80;
      int most = first == 0xed ? 0x9f : 0xbf;
      return second >= least && second <= most && continues(b[i + 2]) ? i + 3 : -1;
    }
    int least = first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xf4 ? 0x8f : 0xbf;
    return first < 0xf5
            && second >= least
            && second <= most
            && continues(b[i + 2])
            && continues(b[i + 3])
        ? i + 4
        : -1;
  }

  static boolean continues(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /** How many characters {@code [from, to)} shows. */
  public static long characters(byte[] b, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      if (!continues(b[i])) {
        count++;
      }
    }
    return count;
  }

  /** Writes a code point; returns how many bytes it took, at most four. */
  static int encode(int codePoint, byte[] into, int at) {
    if (codePoint < 0x80) {
      into[at] = (byte) codePoint;
      return 1;
    }
    if (codePoint < 0x800) {
      into[at] = (byte) (0xc0 | (codePoint >> 6));
      into[at + 1] = tail(codePoint);
      return 2;
    }
    if (codePoint < 0x10000) {
      into[at] = (byte) (0xe0 | (codePoint >> 12));
      into[at + 1] = tail(codePoint >> 6);
      into[at + 2] = tail(codePoint);
      return 3;
    }
    into[at] = (byte) (0xf0 | (codePoint >> 18));
    into[at + 1] = tail(codePoint >> 12);
    into[at + 2] = tail(codePoint >> 6);
    into[at + 3] = tail(codePoint);
    return 4;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
