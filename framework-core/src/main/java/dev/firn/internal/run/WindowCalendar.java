package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.PartitionsSpec.Every;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** The windows of a partitioned resource, in the order of time. */
public final class WindowCalendar {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH");
  private static final int MOST = 1_000_000;

  private final PartitionsSpec spec;

  public WindowCalendar(PartitionsSpec spec) {
    this.spec = spec;
  }

  /**
   * A stretch of time that a user names.
   *
   * @param end the first moment after it
   */
  public record Range(Instant start, Instant end) {}

  /** The windows from the first one on that begin before a moment. */
  public List<PartitionWindow> until(Instant moment) {
    return within(new Range(Instant.MIN, moment));
  }

  /** The windows that have a moment in common with the range, none before the first. */
  public List<PartitionWindow> within(Range range) {
    Instant first = floor(spec.start().atZone(spec.timezone())).toInstant();
    Instant from = range.start().isAfter(first) ? range.start() : first;
    List<PartitionWindow> windows = new ArrayList<>();
    ZonedDateTime at = floor(from.atZone(spec.timezone()));
    while (at.toInstant().isBefore(range.end())) {
      ZonedDateTime next = next(at);
      windows.add(new PartitionWindow(key(at), at.toInstant(), next.toInstant()));
      if (windows.size() > MOST) {
        throw new FirnException(
            ErrorCode.LIMIT_EXCEEDED,
            "There are more than %d partitions from %s on.".formatted(MOST, windows.get(0)),
            "Make partitions longer, or let them start later.");
      }
      at = next;
    }
    return windows;
  }

  private ZonedDateTime floor(ZonedDateTime at) {
    return switch (spec.every()) {
      case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
      case DAY -> at.truncatedTo(ChronoUnit.DAYS);
      case WEEK ->
          at.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case YEAR -> at.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
    };
  }

  private ZonedDateTime next(ZonedDateTime at) {
    return switch (spec.every()) {
      case HOUR -> at.plusHours(1);
      case DAY -> at.plusDays(1);
      case WEEK -> at.plusWeeks(1);
      case MONTH -> at.plusMonths(1);
      case YEAR -> at.plusYears(1);
    };
  }

  private String key(ZonedDateTime at) {
    return switch (spec.every()) {
      case HOUR -> HOUR.format(at) + (at.getZone().equals(ZoneOffset.UTC) ? "" : at.getOffset());
      case DAY, WEEK -> at.toLocalDate().toString();
      case MONTH -> YearMonth.from(at).toString();
      case YEAR -> Year.from(at).toString();
    };
  }

  /**
   * Reads {@code A} or {@code A..B}, both included, each a year, month, day, hour or instant.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is none, or ends before it begins
   */
  public Range range(String text) {
    int dots = text.indexOf("..");
    Range first = span(dots < 0 ? text : text.substring(0, dots));
    Range last = dots < 0 ? first : span(text.substring(dots + 2));
    if (last.start().isBefore(first.start())) {
      throw wrong("The partitions '" + text + "' end before they begin.");
    }
    return new Range(first.start(), last.end());
  }

  private Range span(String written) {
    String text = written.strip();
    try {
      return switch (text.length()) {
        case 4 -> local(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
        case 7 ->
            local(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
        case 10 -> local(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
        case 13 -> hour(LocalDateTime.parse(text + ":00").atZone(spec.timezone()));
        default -> moment(text);
      };
    } catch (DateTimeException e) {
      throw wrong("'" + written + "' is no partition.");
    }
  }

  private static Range moment(String text) {
    boolean hour = text.length() > 13 && text.indexOf(':') == 16;
    Instant at =
        hour
            ? OffsetDateTime.parse(text.substring(0, 13) + ":00" + text.substring(13)).toInstant()
            : Instant.parse(text);
    return new Range(at, at.plusNanos(1));
  }

  private static Range hour(ZonedDateTime start) {
    return new Range(start.toInstant(), start.plusHours(1).toInstant());
  }

  private Range local(LocalDate start, LocalDate end) {
    return new Range(
        start.atStartOfDay(spec.timezone()).toInstant(),
        end.atStartOfDay(spec.timezone()).toInstant());
  }

  private FirnException wrong(String message) {
    String example = spec.every() == Every.HOUR ? "2024-10-15T13" : "2024-10-15";
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        message,
        "Write one such as %s or 2024-10, or a range: 2024-10-01..2024-10-15.".formatted(example));
  }
}
