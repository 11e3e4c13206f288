package dev.firn.source;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.CursorType;
import dev.firn.source.IncrementalSpec.Bound;
import java.util.Optional;

/**
 * Tells a resource where to start and end reading. Bringing more than asked for is fine: Firn drops
 * what lies outside and what it has already loaded.
 *
 * @param <T> {@code Instant}, {@code LocalDate}, {@code LocalDateTime}, {@code Long}, {@code
 *     Integer}, {@code Double}, {@code BigDecimal} or {@code String}
 */
public final class Cursor<T> {
  private final CursorRange range;
  private final Optional<T> last;
  private final Optional<T> start;
  private final Optional<T> end;

  private Cursor(CursorRange range, Optional<T> last, Optional<T> start, Optional<T> end) {
    this.range = range;
    this.last = last;
    this.start = start;
    this.end = end;
  }

  /**
   * The cursor of one reading.
   *
   * @throws FirnException {@code INVALID_SOURCE} when a value does not suit the type
   */
  public static <T> Cursor<T> of(Class<T> type, CursorRange range) {
    CursorType<T> values = CursorType.of(type);
    return new Cursor<>(
        range,
        range.last().map(values::parse),
        range.start().map(values::parse),
        range.end().map(values::parse));
  }

  /** The last value loaded so far; nothing before the first load, and in a backfill. */
  public Optional<T> last() {
    return last;
  }

  /**
   * The first value to bring: the last one minus the lag, but not before {@code initial}; {@code
   * initial} before the first load. It is included unless {@link #startIncluded} says otherwise.
   *
   * @throws FirnException {@code INVALID_SOURCE} before the first load without an {@code initial}
   */
  public T start() {
    return start.orElseThrow(
        () ->
            new FirnException(
                ErrorCode.INVALID_SOURCE,
                "The cursor '"
                    + range.spec().cursor()
                    + "' has no place to start in the first run.",
                "Give 'initial', or read everything where last() is empty."));
  }

  /** Whether records of exactly the start are wanted. */
  public boolean startIncluded() {
    return range.startBound() == Bound.CLOSED;
  }

  /** Where the wanted values end; nothing: they do not. */
  public Optional<T> end() {
    return end;
  }

  /** Whether records of exactly the end are wanted. */
  public boolean endIncluded() {
    return range.endBound() == Bound.CLOSED;
  }

  /** The whole range, for sources that hand it on as text. */
  public CursorRange range() {
    return range;
  }
}
