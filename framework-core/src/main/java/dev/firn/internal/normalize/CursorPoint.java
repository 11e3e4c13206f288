package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.time.Durations;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A cursor's value: comparable within one type.
 *
 * @param number longs, times in microseconds, dates in days
 * @param text strings, and doubles and decimals by {@code decimal}
 */
public record CursorPoint(DataType type, long number, BigDecimal decimal, String text)
    implements Comparable<CursorPoint> {
  private static final long MICROS_A_MILLI = 1_000;
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long NANOS_A_MICRO = 1_000;

  static CursorPoint of(DataType type, long number) {
    return new CursorPoint(type, number, BigDecimal.ZERO, "");
  }

  static CursorPoint of(DataType type, BigDecimal number) {
    return new CursorPoint(type, 0, number, "");
  }

  static CursorPoint of(String text) {
    return new CursorPoint(Simple.STRING, 0, BigDecimal.ZERO, text);
  }

  /**
   * The type that a literal such as {@code initial} says: timestamp, date, long, double or string.
   */
  public static DataType typeOf(String literal) {
    byte[] utf8 = literal.getBytes(StandardCharsets.UTF_8);
    if (new IsoTime().read(utf8, 0, utf8.length)) {
      return Simple.TIMESTAMP;
    } else if (IsoTime.date(utf8, 0, utf8.length) != IsoTime.NONE) {
      return Simple.TIMESTAMP;
    }
    return switch (Digits.cell(utf8, 0, utf8.length)) {
      case Facts.LONG -> Digits.fitsLong(utf8, 0, utf8.length) ? Simple.LONG : Simple.STRING;
      case Facts.DOUBLE -> Simple.DOUBLE;
      default -> Simple.STRING;
    };
  }

  /**
   * Reads the text of {@link #spelling}, and a bare date for a timestamp.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the text is no value of the type
   */
  public static CursorPoint parse(DataType type, String literal) {
    try {
      if (type instanceof DataType.Decimal) {
        return of(type, new BigDecimal(literal));
      }
      return switch ((Simple) type) {
        case TIMESTAMP, TIMESTAMP_NTZ -> of(type, micros(literal));
        case DATE -> of(type, LocalDate.parse(literal).toEpochDay());
        case LONG, INT32, TIME -> of(type, Long.parseLong(literal));
        case DOUBLE, FLOAT -> of(type, new BigDecimal(literal));
        default -> of(literal);
      };
    } catch (RuntimeException e) { // the JDK's parsers have no common exception
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + literal + "' is no " + type.word() + ", the type of the cursor.",
          "Write it as 2024-01-31T00:00:00Z, 2024-01-31 or a plain number.",
          e);
    }
  }

  private static long micros(String literal) {
    byte[] utf8 = literal.getBytes(StandardCharsets.UTF_8);
    IsoTime time = new IsoTime();
    if (time.read(utf8, 0, utf8.length)) {
      return time.micros();
    }
    return LocalDate.parse(literal).toEpochDay() * 86_400_000_000L;
  }

  /** This value in text that {@link #parse} reads. */
  public String spelling() {
    if (type instanceof DataType.Decimal || type == Simple.DOUBLE || type == Simple.FLOAT) {
      return decimal.toString();
    }
    return switch ((Simple) type) {
      case TIMESTAMP -> Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString();
      case TIMESTAMP_NTZ ->
          LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
              .plus(number, ChronoUnit.MICROS)
              .toString();
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case LONG, INT32, TIME -> Long.toString(number);
      default -> text;
    };
  }

  /** A point earlier by a lag: a duration such as {@code 1h30m} for times, a number for numbers. */
  public CursorPoint minus(String lag) {
    return moved(lag, -1);
  }

  /** A point later by a lag. */
  public CursorPoint plus(String lag) {
    return moved(lag, 1);
  }

  private CursorPoint moved(String lag, int sign) {
    boolean time = type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
    if (type == Simple.STRING) {
      throw badLag(lag, "none: a cursor of strings has no lag");
    } else if (time || type == Simple.DATE) {
      return of(type, Math.addExact(number, sign * units(lag, time)));
    }
    try {
      BigDecimal difference = new BigDecimal(lag).multiply(BigDecimal.valueOf(sign));
      boolean whole = type == Simple.LONG || type == Simple.INT32;
      return whole
          ? of(type, Math.addExact(number, difference.longValueExact()))
          : of(type, decimal.add(difference));
    } catch (ArithmeticException | NumberFormatException e) {
      throw badLag(lag, "a number");
    }
  }

  /** A lag in microseconds or whole days. */
  private long units(String lag, boolean time) {
    Duration duration =
        Durations.parse(lag)
            .orElseThrow(() -> badLag(lag, "a duration such as 30s, 5m, 1h30m, 1d or PT5M"));
    if (!time) {
      if (!duration.equals(Duration.ofDays(duration.toDays()))) {
        throw badLag(lag, "whole days, such as 2d");
      }
      return duration.toDays();
    }
    try {
      return Math.multiplyExact(duration.toMillis(), MICROS_A_MILLI)
          + duration.toNanosPart() % NANOS_A_MILLI / NANOS_A_MICRO;
    } catch (ArithmeticException tooLong) {
      throw badLag(lag, "a shorter one");
    }
  }

  private FirnException badLag(String lag, String wanted) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "The lag '" + lag + "' does not fit a cursor of type " + type.word() + ".",
        "Write " + wanted + ".");
  }

  @Override
  public int compareTo(CursorPoint other) {
    int byNumber = Long.compare(number, other.number);
    if (byNumber != 0) {
      return byNumber;
    }
    int byDecimal = decimal.compareTo(other.decimal);
    return byDecimal != 0 ? byDecimal : text.compareTo(other.text);
  }

  /** The value of a column's row. */
  static CursorPoint of(ColumnBuffer buffer, int row) {
    DataType type = buffer.type();
    if (type instanceof DataType.Decimal decimal) {
      return of(type, buffer.decimalAt(row, decimal.scale()));
    }
    return switch ((Simple) type) {
      case INT32, DATE -> of(type, buffer.intAt(row));
      case LONG, TIME, TIMESTAMP, TIMESTAMP_NTZ -> of(type, buffer.longAt(row));
      case DOUBLE -> of(type, finite(Double.longBitsToDouble(buffer.longAt(row))));
      case FLOAT -> of(type, finite(Float.intBitsToFloat(buffer.intAt(row))));
      case STRING -> of(new String(buffer.bytesAt(row), StandardCharsets.UTF_8));
      case BOOLEAN, BINARY, JSON, UUID ->
          throw new FirnException(
              ErrorCode.MISSING_CURSOR,
              "A cursor of type " + type.word() + " has no order.",
              "Choose a column of times, numbers or strings as the cursor.");
    };
  }

  private static BigDecimal finite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE ? BigDecimal.valueOf(value) : BigDecimal.ZERO;
  }
}
