package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The classes whose values are one event. */
final class Scalars {
  private static final int LONGEST_WHOLE = 63;
  private static final Map<Class<?>, ValueWriter> EXACT = new HashMap<>();

  /** Classes that are only known by what they extend, and texts by their own spelling. */
  private static final List<Class<?>> SPELLED =
      List.of(
          CharSequence.class,
          Path.class,
          ZoneId.class,
          URI.class,
          URL.class,
          Duration.class,
          Period.class);

  static {
    put(String.class, (v, walk) -> walk.text(v));
    put(Character.class, (v, walk) -> walk.text(v.toString()));
    put(char[].class, (v, walk) -> walk.text(new String(v)));
    put(Boolean.class, (v, walk) -> walk.sink.bool(v));
    put(Byte.class, (v, walk) -> walk.sink.integer(v));
    put(Short.class, (v, walk) -> walk.sink.integer(v));
    put(Integer.class, (v, walk) -> walk.sink.integer(v));
    put(Long.class, (v, walk) -> walk.sink.integer(v));
    put(Float.class, (v, walk) -> walk.sink.real(v));
    put(Double.class, (v, walk) -> walk.sink.real(v));
    put(BigInteger.class, Scalars::whole);
    put(BigDecimal.class, (v, walk) -> walk.sink.decimal(v));
    put(Instant.class, (v, walk) -> walk.sink.timestamp(micros(v)));
    put(OffsetDateTime.class, (v, walk) -> walk.sink.timestamp(micros(v.toInstant())));
    put(ZonedDateTime.class, (v, walk) -> walk.sink.timestamp(micros(v.toInstant())));
    put(
        LocalDateTime.class,
        (v, walk) -> walk.sink.timestampNtz(micros(v.toInstant(ZoneOffset.UTC))));
    put(LocalDate.class, (v, walk) -> walk.sink.date(days(v)));
    put(LocalTime.class, (v, walk) -> walk.sink.time(v.toNanoOfDay() / 1000));
    put(Date.class, (v, walk) -> walk.sink.timestamp(micros(v.toInstant())));
    put(java.sql.Timestamp.class, (v, walk) -> walk.sink.timestamp(micros(v.toInstant())));
    put(java.sql.Date.class, (v, walk) -> walk.sink.date(days(v.toLocalDate())));
    put(java.sql.Time.class, (v, walk) -> walk.sink.time(v.toLocalTime().toNanoOfDay() / 1000));
    put(UUID.class, (v, walk) -> walk.sink.uuid(v));
    put(byte[].class, (v, walk) -> walk.sink.binary(v));
    for (Class<?> primitive :
        List.of(
            boolean.class,
            byte.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            char.class)) {
      EXACT.put(primitive, (v, walk) -> walk.value(v));
    }
  }

  private Scalars() {}

  private interface Sender<T> {
    void send(T value, Walk walk);
  }

  private static <T> void put(Class<T> type, Sender<T> sender) {
    EXACT.put(type, (value, walk) -> sender.send(type.cast(value), walk));
  }

  /** The writer of a class whose values are one event. */
  static Optional<ValueWriter> find(Class<?> type) {
    ValueWriter exact = EXACT.get(type);
    if (exact != null) {
      return Optional.of(exact);
    } else if (Enum.class.isAssignableFrom(type)) {
      return Optional.of((value, walk) -> walk.text(((Enum<?>) value).name()));
    } else if (ByteBuffer.class.isAssignableFrom(type)) {
      return Optional.of((value, walk) -> walk.sink.binary(bytes((ByteBuffer) value)));
    }
    boolean spelled = SPELLED.stream().anyMatch(each -> each.isAssignableFrom(type));
    return spelled ? Optional.of((value, walk) -> walk.text(value.toString())) : Optional.empty();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static void whole(BigInteger value, Walk walk) {
    if (value.bitLength() <= LONGEST_WHOLE) {
      walk.sink.integer(value.longValue());
    } else {
      byte[] digits = value.toString().getBytes(StandardCharsets.US_ASCII);
      walk.sink.number(digits, 0, digits.length);
    }
  }

  private static int days(LocalDate date) {
    long days = date.toEpochDay();
    if (days != (int) days) {
      throw outOfRange(date);
    }
    return (int) days;
  }

  private static long micros(Instant instant) {
    try {
      long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000L);
      return Math.addExact(seconds, instant.getNano() / 1000);
    } catch (ArithmeticException beyond) {
      throw outOfRange(instant);
    }
  }

  private static FirnException outOfRange(Object time) {
    return new FirnException(
        ErrorCode.MALFORMED_DATA,
        "The time " + time + " is beyond what a column holds.",
        "Times reach from the year -290308 to 294247.");
  }
}
