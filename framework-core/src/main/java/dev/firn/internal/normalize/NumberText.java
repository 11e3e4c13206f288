package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers written as text. */
final class NumberText {
  /** Longer exponents are spelling games; their plain digits would fill the memory. */
  private static final int FARTHEST_MAGNITUDE = 400;

  private static final int LONGEST_TEXT = 400;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,9})?");
  private static final Pattern HEX = Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]{1,64})");

  private NumberText() {}

  /**
   * Whether the text is {@code -?(0|[1-9][0-9]{0,17})(\.[0-9]{1,15})?}: the one spelling in which a
   * string counts as a number.
   */
  static boolean canonical(byte[] utf8, int from, int to) {
    int first = from < to && utf8[from] == '-' ? from + 1 : from;
    int point = digitsEnd(utf8, first, to);
    int digits = point - first;
    boolean whole = digits == 1 || (digits > 1 && digits <= 18 && utf8[first] != '0');
    if (!whole || point == to) {
      return whole;
    }
    int behind = to - point - 1;
    return utf8[point] == '.'
        && behind >= 1
        && behind <= 15
        && digitsEnd(utf8, point + 1, to) == to;
  }

  private static int digitsEnd(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && utf8[at] >= '0' && utf8[at] <= '9') {
      at++;
    }
    return at;
  }

  /** Whether number text has neither fraction nor exponent. */
  static boolean whole(byte[] ascii, int from, int to) {
    for (int at = from; at < to; at++) {
      if (ascii[at] == '.' || (ascii[at] | 0x20) == 'e') {
        return false;
      }
    }
    return true;
  }

  /** Reads {@code -?digits} into {@code result.integer}; whether it is one within a long. */
  static boolean readLong(byte[] ascii, int from, int to, Coerced result) {
    boolean negative = from < to && ascii[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to) {
      return false;
    }
    long value = 0; // kept negative: there is one more negative long than positive ones
    for (int at = first; at < to; at++) {
      int digit = ascii[at] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return false;
      }
      value = value * 10 - digit;
      if (value > 0) {
        return false;
      }
    }
    if (!negative && value == Long.MIN_VALUE) {
      return false;
    }
    return result.set(negative ? value : -value);
  }

  /** The nearest double of number text; infinite beyond its range. */
  static double real(byte[] ascii, int from, int to) {
    return Double.parseDouble(ascii(ascii, from, to));
  }

  /** Number text, exactly. */
  static BigDecimal decimal(byte[] ascii, int from, int to) {
    return new BigDecimal(ascii(ascii, from, to));
  }

  /**
   * A number as people write it: spaces around it, a plus, leading zeros, an exponent, {@code
   * 0x1f}; null for other text.
   */
  static @Nullable BigDecimal lenient(byte[] utf8, int from, int to) {
    if (to - from > LONGEST_TEXT) {
      return null;
    }
    String text = new String(utf8, from, to - from, StandardCharsets.UTF_8).strip();
    var hex = HEX.matcher(text);
    if (hex.matches()) {
      return new BigDecimal(new BigInteger(hex.group(1) + hex.group(2), 16));
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Whether a number is near enough to 1 to be handled digit by digit. */
  static boolean handy(BigDecimal value) {
    return Math.abs((long) value.precision() - value.scale()) <= FARTHEST_MAGNITUDE;
  }

  private static String ascii(byte[] ascii, int from, int to) {
    return new String(ascii, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
