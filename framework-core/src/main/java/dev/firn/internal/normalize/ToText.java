package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** Text: every scalar in the spelling of its source, or in ISO's where it had none. */
final class ToText extends Coercion {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_PLAIN = 400;

  @Override
  boolean bool(boolean value, Coerced to) {
    return to.set(value ? TRUE : FALSE);
  }

  @Override
  boolean integer(long value, Coerced to) {
    return ascii(Long.toString(value), to);
  }

  @Override
  boolean real(double value, Coerced to) {
    return ascii(Double.toString(value), to);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    long digits = Math.abs((long) value.scale()) + value.precision();
    return ascii(digits <= LONGEST_PLAIN ? value.toPlainString() : value.toString(), to);
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    return result.set(ascii, from, to);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return result.set(utf8, from, to);
  }

  @Override
  boolean timestamp(long micros, Coerced to) {
    return ascii(instant(micros).toString(), to);
  }

  @Override
  boolean timestampNtz(long micros, Coerced to) {
    LocalDateTime local = LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    return ascii(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local), to);
  }

  @Override
  boolean date(int days, Coerced to) {
    return ascii(LocalDate.ofEpochDay(days).toString(), to);
  }

  @Override
  boolean time(long micros, Coerced to) {
    LocalTime time = LocalTime.ofNanoOfDay(micros * 1000);
    return ascii(DateTimeFormatter.ISO_LOCAL_TIME.format(time), to);
  }

  @Override
  boolean binary(byte[] bytes, Coerced to) {
    return to.set(Base64.getEncoder().encode(bytes));
  }

  @Override
  boolean uuid(UUID value, Coerced to) {
    return ascii(value.toString(), to);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static boolean ascii(String text, Coerced to) {
    return to.set(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
