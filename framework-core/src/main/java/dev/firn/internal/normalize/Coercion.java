package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Turns values of other types into those of one column. Each method puts the column's value into
 * {@code to} and says whether there is one; none throws, and none calls {@link Coerced#clear}.
 */
abstract class Coercion {
  /** How far a value may be from the column's type. */
  enum Strictness {
    /** Nothing is lost: the column's type was inferred. */
    COMMITTED,
    /** Any spelling of the value that people use: the column's type was declared. */
    DECLARED
  }

  /** The coercion into one type. It belongs to one thread. */
  static Coercion into(DataType target, Strictness strictness) {
    boolean declared = strictness == Strictness.DECLARED;
    if (target instanceof DataType.Decimal decimal) {
      return new ToDecimal(decimal, declared);
    }
    return switch ((DataType.Simple) target) {
      case BOOLEAN -> new ToBoolean(declared);
      case INT32 -> new ToLong(Integer.MIN_VALUE, Integer.MAX_VALUE, declared);
      case LONG -> new ToLong(Long.MIN_VALUE, Long.MAX_VALUE, declared);
      case FLOAT -> new ToFloat(declared);
      case DOUBLE -> new ToDouble(declared);
      case DATE -> new ToDate(declared);
      case TIME -> new ToTime(declared);
      case TIMESTAMP, TIMESTAMP_NTZ -> new ToTimestamp(declared);
      case STRING -> new ToText();
      case BINARY -> new ToBinary(declared);
      case UUID -> new ToUuid(declared);
      case JSON -> new ToJson();
    };
  }

  boolean bool(boolean value, Coerced to) {
    return false;
  }

  boolean integer(long value, Coerced to) {
    return false;
  }

  boolean real(double value, Coerced to) {
    return false;
  }

  boolean decimal(BigDecimal value, Coerced to) {
    return false;
  }

  /** A number in JSON's grammar, in the spelling of its source. */
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    if (!NumberText.whole(ascii, from, to)) {
      double value = NumberText.real(ascii, from, to);
      return Double.isFinite(value) && real(value, result);
    } else if (NumberText.readLong(ascii, from, to, result)) {
      return integer(result.integer, result);
    }
    int digits = ascii[from] == '-' ? to - from - 1 : to - from;
    return digits <= 38 && decimal(NumberText.decimal(ascii, from, to), result);
  }

  /** Valid UTF-8. */
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return false;
  }

  /** An instant, in microseconds since the epoch. */
  boolean timestamp(long micros, Coerced to) {
    return false;
  }

  /** A local date and time, in microseconds since 1970-01-01T00:00. */
  boolean timestampNtz(long micros, Coerced to) {
    return false;
  }

  /** Days since 1970-01-01. */
  boolean date(int days, Coerced to) {
    return false;
  }

  /** Microseconds since midnight. */
  boolean time(long micros, Coerced to) {
    return false;
  }

  boolean binary(byte[] bytes, Coerced to) {
    return false;
  }

  boolean uuid(UUID value, Coerced to) {
    return false;
  }
}
