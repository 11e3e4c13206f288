package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.state.CursorState;
import java.util.Optional;
import java.util.Set;

/**
 * Which records an incremental load takes: those from {@code start} on, but not those of the boundary again.
 *
 * @param type the cursor's type, when it is known before the first record
 * @param start the first value taken
 * @param last the last value of the load before; records that carry it and are in {@code boundary} were loaded then
 */
public record CursorWindow(
    IncrementalSpec spec,
    Optional<DataType> type,
    Optional<CursorPoint> start,
    Optional<CursorPoint> last,
    Set<Long> boundary) {

  /** The window after a load that ended in a state; nothing before the first. */
  public static CursorWindow after(Optional<CursorState> state, IncrementalSpec spec) {
    if (state.isEmpty()) {
      Optional<DataType> type = spec.type().or(() -> spec.initial().map(CursorPoint::typeOf));
      Optional<CursorPoint> initial =
          spec.initial().flatMap(text -> type.map(known -> CursorPoint.parse(known, text)));
      return new CursorWindow(spec, type, initial, Optional.empty(), Set.of());
    }
    CursorState before = state.get();
    CursorPoint last = CursorPoint.parse(before.type(), before.value());
    Optional<CursorPoint> start = Optional.of(spec.lag().map(last::minus).orElse(last));
    Set<Long> boundary = spec.lag().isPresent() ? Set.of() : Set.copyOf(before.boundary());
    return new CursorWindow(
        spec, Optional.of(before.type()), start, Optional.of(last), boundary);
  }
}
