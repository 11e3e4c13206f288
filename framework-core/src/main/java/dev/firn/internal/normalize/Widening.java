package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The promotions that a committed column's values can ask for: int32 to long, float to double,
 * wider decimals.
 */
final class Widening {
  private static final int MAX_DIGITS = 38;

  private Widening() {}

  /** Whether a value that the type cannot hold fits the type's promotion. */
  static boolean helps(@Nullable DataType type, Value value) {
    if (type == Simple.INT32) {
      return value.fact == Facts.LONG;
    } else if (type == Simple.FLOAT) {
      return value.fact == Facts.DOUBLE || value.fact == Facts.LONG;
    }
    return type instanceof DataType.Decimal decimal && fits(decimal, value);
  }

  private static boolean fits(DataType.Decimal decimal, Value value) {
    BigDecimal exact = exact(value);
    return exact != null
        && exact.scale() <= decimal.scale()
        && exact.precision() - exact.scale() + decimal.scale() <= MAX_DIGITS;
  }

  /**
   * The digits before the point, as {@link Facts#type} wants them; 0 for what is no exact number.
   */
  static int digits(Value value) {
    BigDecimal exact = exact(value);
    return exact == null ? 0 : Math.max(0, exact.precision() - exact.scale()) << 16;
  }

  private static @Nullable BigDecimal exact(Value value) {
    return switch (value.fact) {
      case Facts.LONG, Facts.BIG, Facts.DOUBLE, Facts.DECIMAL ->
          value.asDecimal().stripTrailingZeros();
      default -> null;
    };
  }

  /**
   * The promoted type.
   *
   * @param digits the most digits before the point, as {@link #digits} gives them
   */
  static DataType of(@Nullable DataType type, int digits) {
    if (type instanceof DataType.Decimal decimal) {
      int precision = Math.max(decimal.precision(), (digits >>> 16) + decimal.scale());
      return new DataType.Decimal(precision, decimal.scale());
    }
    return type == Simple.FLOAT ? Simple.DOUBLE : Simple.LONG;
  }
}
