package dev.firn.source;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.CursorType;
import dev.firn.state.CursorState;
import java.util.Optional;

/**
 * Tells a resource where to start reading. Bringing more than asked for is fine: Firn drops what
 * lies before {@link #start} and what it has already loaded.
 *
 * @param <T> {@code Instant}, {@code LocalDate}, {@code LocalDateTime}, {@code Long}, {@code
 *     Integer}, {@code Double}, {@code BigDecimal} or {@code String}
 */
public final class Cursor<T> {
  private final IncrementalSpec spec;
  private final Optional<T> last;
  private final Optional<T> start;

  private Cursor(IncrementalSpec spec, Optional<T> last, Optional<T> start) {
    this.spec = spec;
    this.last = last;
    this.start = start;
  }

  /**
   * The cursor of one reading.
   *
   * @throws FirnException {@code INVALID_SOURCE} when a value or the lag does not suit the type
   */
  public static <T> Cursor<T> of(Class<T> type, IncrementalSpec spec, Optional<CursorState> state) {
    CursorType<T> values = CursorType.of(type);
    Optional<T> last = state.map(known -> values.parse(known.value()));
    Optional<T> initial = spec.initial().map(values::parse);
    Optional<T> again =
        last.map(value -> spec.lag().map(lag -> values.minus(value, lag)).orElse(value));
    Optional<T> start =
        again.isPresent() && initial.isPresent()
            ? Optional.of(values.later(again.get(), initial.get()))
            : again.or(() -> initial);
    return new Cursor<>(spec, last, start);
  }

  /** The greatest value loaded so far; nothing before the first load. */
  public Optional<T> last() {
    return last;
  }

  /**
   * The first value to bring, included: the last one minus the lag, but not before {@code initial};
   * {@code initial} before the first load.
   *
   * @throws FirnException {@code INVALID_SOURCE} before the first load without an {@code initial}
   */
  public T start() {
    return start.orElseThrow(
        () ->
            new FirnException(
                ErrorCode.INVALID_SOURCE,
                "The cursor '" + spec.cursor() + "' has no place to start in the first run.",
                "Give 'initial', or read everything where last() is empty."));
  }
}
