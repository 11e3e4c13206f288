package dev.firn.internal.normalize;

import java.math.BigDecimal;

/** Whole numbers from {@code least} to {@code greatest}. */
final class ToLong extends Coercion {
  private static final double BEYOND_LONG = 0x1p63;

  private final long least;
  private final long greatest;
  private final boolean declared;

  ToLong(long least, long greatest, boolean declared) {
    this.least = least;
    this.greatest = greatest;
    this.declared = declared;
  }

  @Override
  boolean integer(long value, Coerced to) {
    return value >= least && value <= greatest && to.set(value);
  }

  @Override
  boolean real(double value, Coerced to) {
    boolean whole = value == Math.rint(value) && value >= -BEYOND_LONG && value < BEYOND_LONG;
    return whole && integer((long) value, to);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() > 0 || (long) plain.precision() - plain.scale() > 19) {
      return false;
    }
    var whole = plain.toBigInteger();
    return whole.bitLength() < Long.SIZE && integer(whole.longValue(), to);
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    if (NumberText.readLong(ascii, from, to, result)) {
      return integer(result.integer, result);
    }
    BigDecimal exact = NumberText.lenient(ascii, from, to);
    return exact != null && decimal(exact, result);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return (declared || NumberText.canonical(utf8, from, to)) && number(utf8, from, to, result);
  }
}
