package dev.firn.source;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.internal.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a resource is cut into windows of time, each of which is a load of its own.
 *
 * @param start where the first window begins, in the time zone
 * @param timezone where days and months begin
 * @param lag how long after its end a window is still read again, for records that arrive late
 */
public record PartitionsSpec(
    Every every, LocalDateTime start, ZoneId timezone, Optional<Duration> lag) {

  /** How long a window is. */
  public enum Every {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR;

    /** As in YAML: {@code day}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Windows in UTC from a day on. */
  public static PartitionsSpec every(Every every, LocalDate start) {
    return new PartitionsSpec(every, start.atStartOfDay(), ZoneOffset.UTC, Optional.empty());
  }

  /**
   * Reads what YAML and annotations say.
   *
   * @param timezone empty: UTC
   * @param lag empty: none
   * @throws FirnException {@code INVALID_CONFIG} naming what cannot be read
   */
  public static PartitionsSpec parse(String every, String start, String timezone, String lag) {
    return new PartitionsSpec(
        unit(every),
        time(start),
        timezone.isEmpty() ? ZoneOffset.UTC : zone(timezone),
        lag.isEmpty() ? Optional.empty() : Optional.of(duration(lag)));
  }

  private static Every unit(String text) {
    return Stream.of(Every.values())
        .filter(each -> each.word().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "'" + text + "' is no length of a partition.",
                    Spelling.hint(text, Stream.of(Every.values()).map(Every::word).toList())));
  }

  private static LocalDateTime time(String text) {
    try {
      return text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    } catch (DateTimeException e) {
      throw wrong("'" + text + "' is no start of partitions.", "Write 2024-01-31.");
    }
  }

  private static ZoneId zone(String text) {
    try {
      ZoneId zone = ZoneId.of(text);
      return zone.normalized() instanceof ZoneOffset offset ? offset : zone;
    } catch (DateTimeException e) {
      throw wrong("'" + text + "' is no time zone.", "Write UTC, +02:00 or Europe/Berlin.");
    }
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () -> wrong("'" + text + "' is no lag.", "Write a duration such as 6h or 2d."));
  }

  private static FirnException wrong(String message, String hint) {
    return new FirnException(ErrorCode.INVALID_CONFIG, message, hint);
  }
}
