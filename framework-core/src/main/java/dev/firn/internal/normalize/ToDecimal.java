package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import java.math.BigDecimal;

/** Decimals of one precision and scale; never rounded. */
final class ToDecimal extends Coercion {
  private final DataType.Decimal type;
  private final boolean declared;

  ToDecimal(DataType.Decimal type, boolean declared) {
    this.type = type;
    this.declared = declared;
  }

  @Override
  boolean integer(long value, Coerced to) {
    return decimal(BigDecimal.valueOf(value), to);
  }

  /** The decimal that a double is written as: 0.1 is 0.1. */
  @Override
  boolean real(double value, Coerced to) {
    return Double.isFinite(value) && decimal(BigDecimal.valueOf(value), to);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    BigDecimal plain = value.stripTrailingZeros();
    long ahead = (long) plain.precision() - plain.scale();
    if (plain.scale() > type.scale() || ahead > type.precision() - type.scale()) {
      return false;
    }
    to.decimal = plain.setScale(type.scale());
    return true;
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    BigDecimal exact = NumberText.lenient(ascii, from, to);
    return exact != null && decimal(exact, result);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return (declared || NumberText.canonical(utf8, from, to)) && number(utf8, from, to, result);
  }
}
