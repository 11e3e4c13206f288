package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Points in time, in microseconds; with and without zone alike, as what has no zone is read as UTC.
 * A declared column takes numbers as seconds since the epoch, of the years 0 to 9999.
 */
final class ToTimestamp extends Coercion {
  private static final long FIRST_SECOND = -62_167_219_200L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private final IsoTime iso = new IsoTime();
  private final boolean declared;

  ToTimestamp(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean timestamp(long micros, Coerced to) {
    return to.set(micros);
  }

  @Override
  boolean timestampNtz(long micros, Coerced to) {
    return to.set(micros);
  }

  @Override
  boolean date(int days, Coerced to) {
    return declared && to.set(days * IsoTime.MICROS_PER_DAY);
  }

  @Override
  boolean integer(long seconds, Coerced to) {
    boolean inRange = seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
    return declared && inRange && to.set(seconds * IsoTime.MICROS_PER_SECOND);
  }

  @Override
  boolean real(double seconds, Coerced to) {
    return Double.isFinite(seconds) && decimal(BigDecimal.valueOf(seconds), to);
  }

  @Override
  boolean decimal(BigDecimal seconds, Coerced to) {
    if (!declared || !NumberText.handy(seconds)) {
      return false;
    }
    BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN);
    if (!integer(seconds.longValue(), to) || micros.precision() > 18) {
      return false;
    }
    to.truncated |= micros.compareTo(seconds.movePointRight(6)) != 0;
    return to.set(micros.longValue());
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    BigDecimal exact = declared ? NumberText.lenient(ascii, from, to) : null;
    return exact != null && decimal(exact, result);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    if (iso.read(utf8, from, to)) {
      result.truncated |= iso.truncated();
      return result.set(iso.micros());
    }
    return declared && spelledFreely(utf8, from, to, result);
  }

  private boolean spelledFreely(byte[] utf8, int from, int to, Coerced result) {
    int first = Spaces.behind(utf8, from, to);
    int end = Spaces.before(utf8, first, to);
    if (end - first < to - from) {
      return string(utf8, first, end, result);
    }
    long day = IsoTime.date(utf8, from, to);
    return day == IsoTime.NONE
        ? number(utf8, from, to, result)
        : result.set(day * IsoTime.MICROS_PER_DAY);
  }
}
