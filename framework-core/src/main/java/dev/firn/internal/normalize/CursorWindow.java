package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.state.CursorState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which records an incremental load takes: those from {@code start} on, but not those of the
 * boundary again.
 *
 * @param type the cursor's type, when it is known before the first record
 * @param start the first value taken
 * @param last the last value of the load before; records that carry it and are in {@code boundary}
 *     were loaded then
 */
public record CursorWindow(
    IncrementalSpec spec,
    Optional<DataType> type,
    Optional<CursorPoint> start,
    Optional<CursorPoint> last,
    Set<Long> boundary) {

  /** The state after a load whose greatest value is {@code mark}: never behind the one before. */
  public Optional<CursorState> stateAfter(Optional<CursorMark> mark) {
    if (mark.isEmpty() || (last.isPresent() && mark.get().point().compareTo(last.get()) < 0)) {
      return last.map(point -> state(point, boundary));
    }
    CursorMark reached = mark.get();
    Set<Long> hashes = new HashSet<>(reached.boundary());
    if (last.isPresent() && reached.point().compareTo(last.get()) == 0) {
      hashes.addAll(boundary);
    }
    return Optional.of(state(reached.point(), hashes));
  }

  private CursorState state(CursorPoint point, Set<Long> hashes) {
    List<Long> sorted = hashes.stream().sorted().toList();
    return new CursorState(spec.cursor(), point.type(), point.spelling(), sorted);
  }

  /** The window after a load that ended in a state; nothing before the first. */
  public static CursorWindow after(Optional<CursorState> state, IncrementalSpec spec) {
    if (state.isEmpty()) {
      Optional<DataType> type = spec.type().or(() -> spec.initial().map(CursorPoint::typeOf));
      Optional<CursorPoint> initial =
          spec.initial().flatMap(text -> type.map(known -> CursorPoint.parse(known, text)));
      return new CursorWindow(spec, type, initial, Optional.empty(), Set.of());
    }
    CursorState before = state.get();
    if (!before.column().equals(spec.cursor())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The state remembers the cursor '%s', but the pipeline says '%s'."
              .formatted(before.column(), spec.cursor()),
          "Set the cursor back, or give the resource another name so that it starts anew.");
    }
    CursorPoint last = CursorPoint.parse(before.type(), before.value());
    CursorPoint start = spec.lag().map(last::minus).orElse(last);
    Optional<CursorPoint> initial =
        spec.initial().map(text -> CursorPoint.parse(before.type(), text));
    boolean early = initial.isPresent() && initial.get().compareTo(start) > 0;
    Set<Long> boundary = Set.copyOf(before.boundary());
    return new CursorWindow(
        spec,
        Optional.of(before.type()),
        early ? initial : Optional.of(start),
        Optional.of(last),
        boundary);
  }
}
