package dev.firn.internal.normalize;

import java.math.BigDecimal;

/** Doubles. Digits beyond a double are lost where the column was declared, and marked so. */
final class ToDouble extends Coercion {
  private final boolean declared;

  ToDouble(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean integer(long value, Coerced to) {
    double nearest = (double) value;
    // 2^63 as a double is cast back to the greatest long
    boolean exact = (long) nearest == value && value != Long.MAX_VALUE;
    to.lossy |= !exact && declared;
    return (exact || declared) && to.set(nearest);
  }

  @Override
  boolean real(double value, Coerced to) {
    return to.set(value);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    double nearest = value.doubleValue();
    if (Double.isInfinite(nearest)) {
      return false;
    }
    boolean exact = exact(value, nearest);
    to.lossy |= !exact && declared;
    return (exact || declared) && to.set(nearest);
  }

  /** Whether the double says the number: a whole one to the last digit, a fraction as spelled. */
  private static boolean exact(BigDecimal value, double nearest) {
    boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    BigDecimal said = whole ? new BigDecimal(nearest) : BigDecimal.valueOf(nearest);
    return said.compareTo(value) == 0;
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    if (NumberText.canonical(utf8, from, to)) {
      return number(utf8, from, to, result);
    }
    BigDecimal value = declared ? NumberText.lenient(utf8, from, to) : null;
    if (value == null) {
      return false;
    }
    // A fraction's nearest double is what its reader means; a whole number has all its digits.
    boolean fraction = value.scale() > 0 && Double.isFinite(value.doubleValue());
    return fraction ? real(value.doubleValue(), result) : decimal(value, result);
  }
}
