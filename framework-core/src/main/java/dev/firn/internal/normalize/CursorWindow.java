package dev.firn.internal.normalize;

import dev.firn.load.WriteDisposition;
import dev.firn.schema.DataType;
import dev.firn.source.CursorRange;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.Bound;
import dev.firn.source.IncrementalSpec.LastValue;
import dev.firn.source.IncrementalSpec.RowOrder;
import dev.firn.state.CursorState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which records an incremental load takes: those from {@code start} to {@code end}, but not those
 * of the boundary again.
 *
 * @param type the cursor's type, when it is known before the first record
 * @param last the last value of the load before; records that carry it and are in {@code boundary}
 *     were loaded then
 * @param start where the wanted values start
 * @param end where they end
 * @param held a value whose records wait for a later run: there are too many to list them in the
 *     state
 * @param order puts later values after earlier ones
 */
public record CursorWindow(
    IncrementalSpec spec,
    Optional<DataType> type,
    Optional<CursorPoint> last,
    Optional<CursorPoint> start,
    Optional<CursorPoint> end,
    Set<Long> boundary,
    Optional<CursorPoint> held,
    Comparator<CursorPoint> order) {

  /** Where a value lies. */
  enum Side {
    BEFORE,
    INSIDE,
    AFTER
  }

  Side side(CursorPoint point) {
    if (start.isPresent() && beyond(order.compare(start.get(), point), spec.rangeStart())) {
      return Side.BEFORE;
    } else if (held.isPresent() && order.compare(point, held.get()) >= 0) {
      return Side.AFTER;
    } else if (end.isPresent() && beyond(order.compare(point, end.get()), spec.rangeEnd())) {
      return Side.AFTER;
    }
    return Side.INSIDE;
  }

  private static boolean beyond(int order, Bound bound) {
    return order > 0 || (order == 0 && bound == Bound.OPEN);
  }

  /** Whether no record of the range can follow one that lies on this side of it. */
  boolean endsReading(Side side) {
    if (spec.rowOrder() == RowOrder.ANY) {
      return false;
    }
    boolean towardsLast = (spec.rowOrder() == RowOrder.ASC) == (spec.lastValue() == LastValue.MAX);
    return side == (towardsLast ? Side.AFTER : Side.BEFORE);
  }

  /** Whether records of this value may have been loaded before. */
  boolean atBoundary(CursorPoint point) {
    return keepsBoundary()
        && last.isPresent()
        && start.equals(last) // a lag asks for the last records again
        && order.compare(point, last.get()) == 0;
  }

  /** Whether the state lists the records of the last value. */
  boolean keepsBoundary() {
    return keepsBoundary(spec);
  }

  private static boolean keepsBoundary(IncrementalSpec spec) {
    return spec.deduplicate() && spec.rangeStart() == Bound.CLOSED && !spec.stateless();
  }

  /** Whether nothing but the boundary keeps records of the last value from being doubled. */
  static boolean needsBoundary(IncrementalSpec spec, WriteDisposition disposition) {
    return disposition == WriteDisposition.APPEND && keepsBoundary(spec) && spec.lag().isEmpty();
  }

  /** The same window without a value and what lies after it. */
  CursorWindow holding(CursorPoint value) {
    return new CursorWindow(spec, type, last, start, end, boundary, Optional.of(value), order);
  }

  /** For sources that can ask for just these values. */
  public CursorRange range() {
    return new CursorRange(
        spec,
        last.map(CursorPoint::spelling),
        start.map(CursorPoint::spelling),
        spec.rangeStart(),
        end.map(CursorPoint::spelling),
        spec.rangeEnd());
  }

  /** The state after a load whose last value is {@code mark}: never behind the one before. */
  public Optional<CursorState> stateAfter(Optional<CursorMark> mark) {
    if (held.isPresent() && (last.isEmpty() || order.compare(held.get(), last.get()) > 0)) {
      return Optional.of(state(new CursorMark(held.get(), Set.of(), false, order)));
    }
    if (mark.isEmpty() || (last.isPresent() && order.compare(mark.get().point(), last.get()) < 0)) {
      return last.map(this::before).map(this::state);
    }
    CursorMark reached = mark.get();
    boolean same = last.isPresent() && order.compare(reached.point(), last.get()) == 0;
    return Optional.of(state(same ? reached.with(boundary, false) : reached));
  }

  private CursorMark before(CursorPoint point) {
    return new CursorMark(point, boundary, false, order);
  }

  private CursorState state(CursorMark mark) {
    List<Long> listed = keepsBoundary() ? mark.boundary().stream().sorted().toList() : List.of();
    CursorPoint point = mark.point();
    return new CursorState(
        spec.cursor(), point.type(), point.spelling(), listed, keepsBoundary() && mark.many());
  }

  /**
   * The window after a load that ended in a state; nothing before the first.
   *
   * @param spec its {@code until} is a value
   * @param type the cursor's type, where the table or a declaration tells it
   */
  public static CursorWindow after(
      Optional<CursorState> state, IncrementalSpec spec, Optional<DataType> type) {
    Optional<CursorState> from = spec.stateless() ? Optional.empty() : state;
    Optional<DataType> known =
        type.or(spec::type)
            .or(() -> from.map(CursorState::type))
            .or(() -> spec.initial().map(CursorPoint::typeOf))
            .or(() -> spec.until().map(CursorPoint::typeOf));
    Optional<CursorPoint> last =
        from.map(before -> CursorPoint.parse(known.orElseThrow(), before.value()));
    Comparator<CursorPoint> order = CursorOrder.of(spec);
    return new CursorWindow(
        spec,
        known,
        last,
        start(spec, last, point(spec.initial(), known), order),
        point(spec.end().or(spec::until), known),
        from.map(before -> Set.copyOf(before.boundary())).orElse(Set.of()),
        Optional.empty(),
        order);
  }

  private static Optional<CursorPoint> point(Optional<String> text, Optional<DataType> type) {
    return text.flatMap(literal -> type.map(known -> CursorPoint.parse(known, literal)));
  }

  /** A lag before the last value, but not before the initial one. */
  private static Optional<CursorPoint> start(
      IncrementalSpec spec,
      Optional<CursorPoint> last,
      Optional<CursorPoint> initial,
      Comparator<CursorPoint> order) {
    boolean max = spec.lastValue() == LastValue.MAX;
    Optional<CursorPoint> again =
        last.map(
            point -> spec.lag().map(lag -> max ? point.minus(lag) : point.plus(lag)).orElse(point));
    boolean early =
        again.isPresent() && initial.isPresent() && order.compare(initial.get(), again.get()) > 0;
    return early ? initial : again.or(() -> initial);
  }
}
