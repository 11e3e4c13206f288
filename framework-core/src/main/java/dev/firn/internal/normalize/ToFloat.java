package dev.firn.internal.normalize;

import java.math.BigDecimal;

/**
 * Floats, as doubles that are floats. Where the column was declared numbers are rounded to the
 * nearest one: whoever declares a float wants few digits.
 */
final class ToFloat extends Coercion {
  private final ToDouble wide;
  private final boolean declared;

  ToFloat(boolean declared) {
    this.wide = new ToDouble(declared);
    this.declared = declared;
  }

  @Override
  boolean integer(long value, Coerced to) {
    return wide.integer(value, to) && narrow(to);
  }

  @Override
  boolean real(double value, Coerced to) {
    return to.set(value) && narrow(to);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    return wide.decimal(value, to) && narrow(to);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return wide.string(utf8, from, to, result) && narrow(result);
  }

  private boolean narrow(Coerced to) {
    float nearest = (float) to.real;
    boolean exact = nearest == to.real || Double.isNaN(to.real);
    boolean fits = exact || (declared && Float.isFinite(nearest));
    return fits && to.set((double) nearest);
  }
}
