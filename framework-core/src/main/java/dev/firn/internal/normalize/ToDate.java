package dev.firn.internal.normalize;

import java.math.BigDecimal;

/** Dates. A declared column takes the day of a timestamp, and of text the day as it is written. */
final class ToDate extends Coercion {
  private final IsoTime iso = new IsoTime();
  private final ToTimestamp instant;
  private final boolean declared;

  ToDate(boolean declared) {
    this.instant = new ToTimestamp(declared);
    this.declared = declared;
  }

  @Override
  boolean date(int days, Coerced to) {
    return to.set(days);
  }

  @Override
  boolean timestamp(long micros, Coerced to) {
    return declared && day(micros, to);
  }

  @Override
  boolean timestampNtz(long micros, Coerced to) {
    return declared && day(micros, to);
  }

  @Override
  boolean integer(long seconds, Coerced to) {
    return instant.integer(seconds, to) && day(to.integer, to);
  }

  @Override
  boolean real(double seconds, Coerced to) {
    return instant.real(seconds, to) && dayOfNumber(to);
  }

  @Override
  boolean decimal(BigDecimal seconds, Coerced to) {
    return instant.decimal(seconds, to) && dayOfNumber(to);
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    return instant.number(ascii, from, to, result) && dayOfNumber(result);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    long day = IsoTime.date(utf8, from, to);
    if (day != IsoTime.NONE) {
      return result.set(day);
    } else if (!declared) {
      return false;
    }
    int first = Spaces.behind(utf8, from, to);
    int end = Spaces.before(utf8, first, to);
    if (end - first < to - from) {
      return string(utf8, first, end, result);
    }
    return iso.read(utf8, from, to) ? result.set((long) iso.day()) : number(utf8, from, to, result);
  }

  // A date has no digits of a second to lose.
  private static boolean dayOfNumber(Coerced to) {
    to.truncated = false;
    return day(to.integer, to);
  }

  private static boolean day(long micros, Coerced to) {
    return to.set(Math.floorDiv(micros, IsoTime.MICROS_PER_DAY));
  }
}
