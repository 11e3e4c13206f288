package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a {@link Coercion} gave last, in the field that its target uses; reused from value to value.
 */
final class Coerced {
  private static final byte[] NO_BYTES = {};

  /** Whole numbers, days, microseconds; 1 or 0 for a boolean. */
  long integer;

  /** Floats and doubles. */
  double real;

  /** A decimal with the scale of its column. */
  BigDecimal decimal = BigDecimal.ZERO;

  UUID uuid = new UUID(0, 0);

  /** Text and binary: the bytes from {@link #from} to {@link #to}, valid until the next value. */
  byte[] bytes = NO_BYTES;

  int from;
  int to;

  /** Whether the column holds fewer digits of the number than its source. */
  boolean lossy;

  /** Whether the column holds fewer digits of the time than its source. */
  boolean truncated;

  /** Ready for the next value. */
  void clear() {
    lossy = false;
    truncated = false;
  }

  boolean set(long value) {
    integer = value;
    return true;
  }

  boolean set(boolean value) {
    return set(value ? 1 : 0);
  }

  boolean set(double value) {
    real = value;
    return true;
  }

  boolean set(byte[] source, int first, int end) {
    bytes = source;
    from = first;
    to = end;
    return true;
  }

  boolean set(byte[] all) {
    return set(all, 0, all.length);
  }
}
