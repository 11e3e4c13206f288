package dev.firn.internal.normalize;

import java.nio.charset.StandardCharsets;

/** Reads numbers from ASCII bytes without making objects, as far as that is possible. */
final class Digits {
  private static final int SAFE_DIGITS = 18;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Digits() {}

  /** Whether a number in JSON's grammar has neither fraction nor exponent. */
  static boolean integral(byte[] ascii, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = ascii[i];
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /** Digits of an integer, leading zeros included. */
  static int digits(byte[] ascii, int from, int to) {
    return to - from - (ascii[from] == '-' ? 1 : 0);
  }

  /** Whether an integer fits int64. */
  static boolean fitsLong(byte[] ascii, int from, int to) {
    int digits = digits(ascii, from, to);
    if (digits != SAFE_DIGITS + 1) {
      return digits <= SAFE_DIGITS;
    }
    boolean negative = ascii[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 + (ascii[i] - '0');
    }
    return value >= 0 || (negative && value == Long.MIN_VALUE);
  }

  /** The value of an integer that fits int64. */
  static long toLong(byte[] ascii, int from, int to) {
    boolean negative = ascii[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      value = value * 10 + (ascii[i] - '0');
    }
    return negative ? -value : value;
  }

  /**
   * The double nearest to a number in JSON's grammar; infinite when it is out of range.
   *
   * <p>Up to 15 digits and powers of ten up to 22 are exact in doubles, so one division rounds
   * correctly (Clinger, "How to read floating point numbers accurately", 1990); the rest goes to
   * the JDK.
   */
  static double toDouble(byte[] ascii, int from, int to) {
    int at = from;
    boolean negative = ascii[at] == '-';
    if (negative) {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int fraction = -1;
    for (; at < to; at++) {
      byte c = ascii[at];
      if (c == '.') {
        fraction = 0;
      } else if (c >= '0' && c <= '9') {
        mantissa = mantissa * 10 + (c - '0');
        digits += mantissa == 0 ? 0 : 1;
        fraction += fraction < 0 ? 0 : 1;
      } else {
        break;
      }
      if (digits > 15) {
        return slow(ascii, from, to);
      }
    }
    if (at < to || fraction > 22) {
      return slow(ascii, from, to);
    }
    double value = fraction > 0 ? mantissa / POWERS_OF_TEN[fraction] : mantissa;
    return negative ? -value : value;
  }

  private static double slow(byte[] ascii, int from, int to) {
    return Double.parseDouble(text(ascii, from, to));
  }

  static String text(byte[] ascii, int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * What a string is as a number: {@link Facts#LONG} or {@link Facts#DOUBLE} for {@code
   * -?(0|[1-9][0-9]{0,17})(\.[0-9]{1,15})?}, else 0.
   */
  static int canonical(byte[] utf8, int from, int to) {
    int at = from;
    if (at < to && utf8[at] == '-') {
      at++;
    }
    int start = at;
    while (at < to && digit(utf8[at])) {
      at++;
    }
    int digits = at - start;
    if (digits == 0 || digits > SAFE_DIGITS || (digits > 1 && utf8[start] == '0')) {
      return 0;
    } else if (at == to) {
      return Facts.LONG;
    } else if (utf8[at] != '.') {
      return 0;
    }
    start = ++at;
    while (at < to && digit(utf8[at])) {
      at++;
    }
    return at == to && at > start && at - start <= 15 ? Facts.DOUBLE : 0;
  }

  /**
   * What a CSV cell is as a number: {@link Facts#LONG} for an integer of any length, {@link
   * Facts#DOUBLE}, else 0.
   */
  static int cell(byte[] utf8, int from, int to) {
    int at = from;
    if (at < to && utf8[at] == '-') {
      at++;
    }
    int start = at;
    while (at < to && digit(utf8[at])) {
      at++;
    }
    int digits = at - start;
    if (digits == 0) {
      return 0;
    } else if (at == to) {
      return digits > 1 && utf8[start] == '0' ? 0 : Facts.LONG;
    } else if (utf8[at] != '.') {
      return 0;
    }
    start = ++at;
    while (at < to && digit(utf8[at])) {
      at++;
    }
    return at == to && at > start ? Facts.DOUBLE : 0;
  }

  private static boolean digit(byte c) {
    return c >= '0' && c <= '9';
  }
}
