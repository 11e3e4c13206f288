package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one column said, as flags that merge by OR, so that any order and chunking of
 * the input ends in the same summary and thereby in the same type.
 */
final class Facts {
  static final int BOOLEAN = 1;
  static final int LONG = 1 << 1;

  /** An integer beyond int64, of up to 38 digits. */
  static final int BIG = 1 << 2;

  /** A longer integer. */
  static final int LONGER = 1 << 3;

  static final int DOUBLE = 1 << 4;

  /** A number that no finite double comes near. */
  static final int OUT_OF_RANGE = 1 << 5;

  static final int TIMESTAMP = 1 << 6;
  static final int STRING = 1 << 7;

  /** A string that is no canonical number. */
  static final int STRING_NOT_NUMBER = 1 << 8;

  /** A string that is a canonical number with a fraction. */
  static final int STRING_FRACTION = 1 << 9;

  /** A string that is neither {@code true} nor {@code false}. */
  static final int STRING_NOT_BOOLEAN = 1 << 10;

  static final int DATE = 1 << 11;
  static final int TIME = 1 << 12;
  static final int TIMESTAMP_NTZ = 1 << 13;
  static final int BINARY = 1 << 14;
  static final int UUID = 1 << 15;
  static final int DECIMAL = 1 << 16;
  static final int JSON = 1 << 17;

  /** A committed column met a value that its type can be promoted to hold. */
  static final int PROMOTED = 1 << 18;

  /** All that is to be known about strings: further ones change nothing. */
  static final int PLAIN_STRING = STRING | STRING_NOT_NUMBER | STRING_NOT_BOOLEAN;

  private static final int NUMBERS = LONG | BIG | LONGER | DOUBLE | OUT_OF_RANGE;
  private static final int STRINGS = PLAIN_STRING | STRING_FRACTION;
  private static final int MAX_DIGITS = 38;

  private Facts() {}

  /**
   * The type of a column of which this was seen; null when nothing was.
   *
   * @param digits the largest count of integer digits of its decimals in the high, of fraction
   *     digits in the low half
   */
  static @Nullable DataType type(int flags, int digits) {
    int numbers = flags & NUMBERS;
    int strings = flags & STRINGS;
    int others = flags & ~NUMBERS & ~STRINGS;
    if (flags == 0) {
      return null;
    } else if (others == 0) {
      return numbers == 0 ? Simple.STRING : numeric(numbers | asNumbers(numbers, strings));
    } else if (others == DECIMAL && strings == 0) {
      return decimal(numbers, digits);
    } else if (others == BOOLEAN && numbers == 0 && (strings & STRING_NOT_BOOLEAN) == 0) {
      return Simple.BOOLEAN;
    }
    return numbers == 0 && strings == 0 ? single(others) : Simple.STRING;
  }

  /** What strings beside numbers count as. */
  private static int asNumbers(int numbers, int strings) {
    if ((strings & STRING) == 0 || numbers == 0) {
      return 0;
    } else if ((strings & STRING_NOT_NUMBER) != 0) {
      return LONGER;
    }
    return (strings & STRING_FRACTION) != 0 ? LONG | DOUBLE : LONG;
  }

  private static DataType numeric(int numbers) {
    if ((numbers & (LONGER | OUT_OF_RANGE)) != 0) {
      return Simple.STRING;
    } else if ((numbers & DOUBLE) != 0) {
      return Simple.DOUBLE;
    }
    return (numbers & BIG) != 0 ? new DataType.Decimal(MAX_DIGITS, 0) : Simple.LONG;
  }

  private static DataType decimal(int numbers, int digits) {
    if ((numbers & (LONGER | OUT_OF_RANGE)) != 0) {
      return Simple.STRING;
    } else if ((numbers & DOUBLE) != 0) {
      return Simple.DOUBLE;
    }
    int scale = digits & 0xffff;
    int integer = digits >>> 16;
    if ((numbers & BIG) != 0) {
      integer = MAX_DIGITS;
    } else if ((numbers & LONG) != 0) {
      integer = Math.max(integer, 19);
    }
    int precision = Math.max(1, integer + scale);
    return precision > MAX_DIGITS ? Simple.STRING : new DataType.Decimal(precision, scale);
  }

  private static DataType single(int flag) {
    return switch (flag) {
      case BOOLEAN -> Simple.BOOLEAN;
      case TIMESTAMP -> Simple.TIMESTAMP;
      case DATE -> Simple.DATE;
      case TIME -> Simple.TIME;
      case TIMESTAMP_NTZ -> Simple.TIMESTAMP_NTZ;
      case BINARY -> Simple.BINARY;
      case UUID -> Simple.UUID;
      case JSON -> Simple.JSON;
      default -> Simple.STRING;
    };
  }

  /** Both counts of digits, each the larger of the two. */
  static int widerDigits(int a, int b) {
    return Math.max(a >>> 16, b >>> 16) << 16 | Math.max(a & 0xffff, b & 0xffff);
  }
}
