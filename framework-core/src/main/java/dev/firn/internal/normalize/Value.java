package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * One scalar on its way into a column: what it says ({@link Facts}), and its value in the field
 * that its fact uses. One instance a thread is filled again for each scalar, so that the hot path
 * makes no objects.
 */
final class Value {
  private static final byte[] NO_BYTES = {};
  private static final UUID NO_UUID = new UUID(0, 0);

  /** One flag of {@link Facts}. */
  int fact;

  /** Longs, booleans (0 or 1), times in microseconds, dates in days. */
  long number;

  double real;
  BigDecimal decimal = BigDecimal.ZERO;
  UUID uuid = NO_UUID;

  /**
   * The source's spelling, where it has one: strings, JSON, binaries and numbers read from text.
   */
  byte[] bytes = NO_BYTES;

  int from;
  int to;

  /** Whether {@link #bytes} holds the spelling. */
  boolean spelled;

  /** Of a string: whether it is text whatever it says. */
  boolean plain;

  Value set(int newFact, long newNumber) {
    fact = newFact;
    number = newNumber;
    spelled = false;
    return this;
  }

  Value setReal(double value) {
    fact = Facts.DOUBLE;
    real = value;
    spelled = false;
    return this;
  }

  Value setDecimal(BigDecimal value) {
    fact = Facts.DECIMAL;
    decimal = value;
    spelled = false;
    return this;
  }

  Value setUuid(UUID value) {
    fact = Facts.UUID;
    uuid = value;
    spelled = false;
    return this;
  }

  Value setBytes(int newFact, byte[] newBytes, int newFrom, int newTo) {
    fact = newFact;
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    spelled = true;
    plain = false;
    return this;
  }

  /** Text that is to stay text. */
  Value setText(byte[] utf8, int newFrom, int newTo) {
    setBytes(Facts.STRING, utf8, newFrom, newTo);
    plain = true;
    return this;
  }

  /** A number in JSON's grammar: long, big, longer, double or out of range. */
  Value setNumber(byte[] ascii, int newFrom, int newTo) {
    setBytes(Facts.LONG, ascii, newFrom, newTo);
    if (!Digits.integral(ascii, newFrom, newTo)) {
      real = Digits.toDouble(ascii, newFrom, newTo);
      fact = Double.isInfinite(real) ? Facts.OUT_OF_RANGE : Facts.DOUBLE;
    } else if (Digits.fitsLong(ascii, newFrom, newTo)) {
      number = Digits.toLong(ascii, newFrom, newTo);
    } else {
      fact = Digits.digits(ascii, newFrom, newTo) <= 38 ? Facts.BIG : Facts.LONGER;
    }
    return this;
  }

  /** A CSV cell: typed by its text; date-times are found by the column. */
  Value setCell(byte[] utf8, int newFrom, int newTo) {
    if (Digits.cell(utf8, newFrom, newTo) != 0) {
      return setNumber(utf8, newFrom, newTo);
    }
    setBytes(Facts.STRING, utf8, newFrom, newTo);
    if (bool(utf8, newFrom, newTo)) {
      fact = Facts.BOOLEAN;
      number = newTo - newFrom == 4 ? 1 : 0;
    }
    return this;
  }

  /** Whether the bytes are {@code true} or {@code false}. */
  static boolean bool(byte[] utf8, int from, int to) {
    return (to - from == 4 && is(utf8, from, "true"))
        || (to - from == 5 && is(utf8, from, "false"));
  }

  private static boolean is(byte[] utf8, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (utf8[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The number as a decimal, for facts that are numbers. */
  BigDecimal asDecimal() {
    return switch (fact) {
      case Facts.LONG -> BigDecimal.valueOf(number);
      case Facts.DOUBLE -> spelled ? new BigDecimal(spelling()) : BigDecimal.valueOf(real);
      case Facts.DECIMAL -> decimal;
      default -> new BigDecimal(spelling());
    };
  }

  /** Digits of a decimal before and behind the point, as {@link Facts#type} wants them. */
  int digits() {
    if (fact != Facts.DECIMAL) {
      return 0;
    }
    int scale = Math.max(0, decimal.scale());
    int integer = Math.max(0, decimal.precision() - decimal.scale());
    return Math.min(integer, 0x7fff) << 16 | Math.min(scale, 0xffff);
  }

  /** Makes sure that {@link #bytes} holds the text of this value. */
  void spell() {
    if (!spelled || fact == Facts.BINARY) {
      byte[] text = spelling().getBytes(StandardCharsets.UTF_8);
      setBytes(fact, text, 0, text.length);
    }
  }

  /** The value as text, in the spelling of its source where it has one. */
  String spelling() {
    if (fact == Facts.BINARY) {
      return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, to));
    } else if (spelled) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return switch (fact) {
      case Facts.BOOLEAN -> number != 0 ? "true" : "false";
      case Facts.DOUBLE -> Double.toString(real);
      case Facts.DECIMAL -> decimal.toPlainString();
      case Facts.UUID -> uuid.toString();
      case Facts.DATE -> LocalDate.ofEpochDay(number).toString();
      case Facts.TIME -> LocalTime.ofNanoOfDay(number * 1000).toString();
      case Facts.TIMESTAMP -> Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString();
      case Facts.TIMESTAMP_NTZ -> local(number).toString();
      default -> Long.toString(number);
    };
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(micros, ChronoUnit.MICROS);
  }

  /** The hash of the value as its source said it, for {@link RowHash}. */
  long hash() {
    return switch (fact) {
      case Facts.BOOLEAN -> RowHash.of(number != 0);
      case Facts.DOUBLE -> RowHash.of(real);
      case Facts.DECIMAL -> decimalHash();
      case Facts.UUID ->
          RowHash.mix(uuid.getMostSignificantBits()) ^ uuid.getLeastSignificantBits();
      case Facts.LONG, Facts.DATE, Facts.TIME, Facts.TIMESTAMP_NTZ -> RowHash.of(number);
      case Facts.TIMESTAMP -> spelled ? RowHash.of(bytes, from, to) : RowHash.of(number);
      default -> RowHash.of(bytes, from, to);
    };
  }

  private long decimalHash() {
    BigDecimal exact = decimal.stripTrailingZeros();
    if (exact.scale() <= 0 && exact.precision() - exact.scale() <= 18) {
      return RowHash.of(exact.longValueExact());
    }
    byte[] text = exact.toPlainString().getBytes(StandardCharsets.US_ASCII);
    return RowHash.of(text, 0, text.length);
  }
}
