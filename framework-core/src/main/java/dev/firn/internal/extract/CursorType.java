package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.IsoTime;
import dev.firn.internal.time.Durations;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The values of cursors of one Java type.
 *
 * @param sample any value, as text
 * @param column the type that the cursor's column gets; empty: it is inferred
 */
public record CursorType<T>(
    Class<T> type,
    String sample,
    Optional<DataType> column,
    Function<String, T> reader,
    BiFunction<T, String, T> step,
    Comparator<T> order) {
  private static final List<CursorType<?>> ALL =
      List.of(
          of(
              Instant.class,
              "1970-01-01",
              Simple.TIMESTAMP,
              CursorType::instant,
              (v, lag) -> v.minus(time(lag))),
          of(
              LocalDateTime.class,
              "1970-01-01",
              Simple.TIMESTAMP_NTZ,
              CursorType::local,
              (v, lag) -> v.minus(time(lag))),
          of(LocalDate.class, "1970-01-01", Simple.DATE, LocalDate::parse, CursorType::daysBefore),
          of(
              Long.class,
              "0",
              Simple.LONG,
              Long::valueOf,
              (v, lag) -> Math.subtractExact(v, Long.parseLong(lag))),
          of(
              Integer.class,
              "0",
              Simple.LONG,
              Integer::valueOf,
              (v, lag) -> Math.subtractExact(v, Integer.parseInt(lag))),
          of(
              Double.class,
              "0",
              Simple.DOUBLE,
              Double::valueOf,
              (v, lag) -> v - Double.parseDouble(lag)),
          new CursorType<>(
              BigDecimal.class,
              "0",
              Optional.empty(),
              BigDecimal::new,
              (v, lag) -> v.subtract(new BigDecimal(lag)),
              Comparator.naturalOrder()),
          of(String.class, "", Simple.STRING, text -> text, CursorType::noLag));

  private static <T extends Comparable<? super T>> CursorType<T> of(
      Class<T> type,
      String sample,
      DataType column,
      Function<String, T> reader,
      BiFunction<T, String, T> step) {
    return new CursorType<>(
        type, sample, Optional.of(column), reader, step, Comparator.naturalOrder());
  }

  /** The names of all types, for messages. */
  public static String names() {
    return String.join(", ", ALL.stream().map(each -> each.type.getSimpleName()).toList());
  }

  /** The type of this class, if cursors may have it. */
  public static Optional<CursorType<?>> find(Class<?> type) {
    return ALL.stream().filter(each -> each.type == type).findFirst();
  }

  /**
   * The type of this class.
   *
   * @throws FirnException {@code INVALID_SOURCE} when no cursor can have it
   */
  @SuppressWarnings("unchecked") // the entry of T's own class
  public static <T> CursorType<T> of(Class<T> type) {
    return (CursorType<T>)
        find(type)
            .orElseThrow(
                () ->
                    new FirnException(
                        ErrorCode.INVALID_SOURCE,
                        "A cursor cannot be of " + type.getName() + ".",
                        "Use one of " + names() + "."));
  }

  /**
   * Reads a value from its text.
   *
   * @throws FirnException {@code INVALID_SOURCE} when it is none of this type
   */
  public T parse(String text) {
    return checked(text, () -> reader.apply(text.strip()));
  }

  /**
   * The value that lies a lag before.
   *
   * @throws FirnException {@code INVALID_SOURCE} when the lag is none of this type
   */
  public T minus(T value, String lag) {
    return checked(lag, () -> step.apply(value, lag.strip()));
  }

  /**
   * Checks a value's text.
   *
   * @throws FirnException {@code INVALID_SOURCE} when it is none of this type
   */
  public void checkValue(String text) {
    if (parse(text) instanceof String empty && empty.isBlank()) {
      throw new FirnException(ErrorCode.INVALID_SOURCE, "It is blank.", "");
    }
  }

  /**
   * Checks a lag.
   *
   * @throws FirnException {@code INVALID_SOURCE} when it is none of this type
   */
  public void checkLag(String lag) {
    minus(parse(sample), lag);
  }

  /** The greater of two values. */
  public T later(T one, T other) {
    return order.compare(one, other) >= 0 ? one : other;
  }

  private T checked(String text, Supplier<T> work) {
    try {
      return work.get();
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException unsuitable) {
      throw new FirnException(
          ErrorCode.INVALID_SOURCE,
          "'" + text + "' does not suit a cursor of " + type.getSimpleName() + ".",
          "Write times as 2024-01-31T10:00:00Z, lags as 5m or 2d, numbers plainly.",
          unsuitable);
    }
  }

  private static Instant instant(String text) {
    return Instant.EPOCH.plus(micros(text), ChronoUnit.MICROS);
  }

  private static LocalDateTime local(String text) {
    return LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC);
  }

  private static long micros(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    IsoTime iso = new IsoTime();
    if (iso.read(utf8, 0, utf8.length)) {
      return iso.micros();
    }
    return Math.multiplyExact(LocalDate.parse(text).toEpochDay(), 86_400_000_000L);
  }

  private static LocalDate daysBefore(LocalDate value, String lag) {
    Duration back = time(lag);
    if (!back.equals(Duration.ofDays(back.toDays()))) {
      throw new IllegalArgumentException("not whole days");
    }
    return value.minusDays(back.toDays());
  }

  private static Duration time(String lag) {
    return Durations.parse(lag).orElseThrow(() -> new IllegalArgumentException("no duration"));
  }

  private static String noLag(String value, String lag) {
    throw new IllegalArgumentException("text has no distance");
  }
}
