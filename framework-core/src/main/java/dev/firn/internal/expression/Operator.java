package dev.firn.internal.expression;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What two values that are there can be made into. */
enum Operator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  BY("/");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  /** The value, null for a division by zero. */
  @Nullable Object of(Object a, Object b) {
    return switch (this) {
      case EQUAL -> compare(a, b) == 0;
      case NOT_EQUAL -> compare(a, b) != 0;
      case LESS -> compare(a, b) < 0;
      case AT_MOST -> compare(a, b) <= 0;
      case GREATER -> compare(a, b) > 0;
      case AT_LEAST -> compare(a, b) >= 0;
      case PLUS, MINUS, TIMES, BY -> compute(a, b);
    };
  }

  private int compare(Object a, Object b) {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    } else if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    } else if (a instanceof Moment x && b instanceof Moment y) {
      return x.compareTo(y);
    } else if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    } else if (a instanceof Span x && b instanceof Span y) {
      return Long.compare(x.micros(), y.micros());
    }
    throw misfit(a, b);
  }

  private @Nullable Object compute(Object a, Object b) {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return compute(x, y);
    } else if (a instanceof Moment x && b instanceof Span y && this == PLUS) {
      return x.plus(y.micros());
    } else if (a instanceof Moment x && b instanceof Span y && this == MINUS) {
      return x.plus(-y.micros());
    } else if (a instanceof Moment x && b instanceof Moment y && this == MINUS) {
      return new Span(Math.subtractExact(x.micros(), y.micros()));
    }
    throw misfit(a, b);
  }

  private @Nullable BigDecimal compute(BigDecimal a, BigDecimal b) {
    return switch (this) {
      case PLUS -> a.add(b);
      case MINUS -> a.subtract(b);
      case TIMES -> a.multiply(b);
      case BY -> b.signum() == 0 ? null : a.divide(b, MathContext.DECIMAL128);
      case EQUAL, NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST ->
          throw new IllegalStateException(sign);
    };
  }

  /** What a condition says; a value that is no truth is a mistake. */
  static @Nullable Boolean truth(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "An expression of a contract needs a condition, but " + word(value) + " is none.",
        "Compare it with something: x > 0.");
  }

  /** A value that is to be added up. */
  static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw PLUS.misfit(value, value);
  }

  private FirnException misfit(Object a, Object b) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "An expression of a contract has %s %s %s, which means nothing."
            .formatted(word(a), sign, word(b)),
        "Declare the columns' types; write times as timestamp '2024-10-15T00:00:00Z', lengths of"
            + " time as interval '2h'.");
  }

  private static String word(Object value) {
    return value instanceof BigDecimal
        ? "a number"
        : value instanceof String
            ? "a text"
            : value instanceof Moment
                ? "a time"
                : value instanceof Span ? "an interval" : "a truth";
  }
}
