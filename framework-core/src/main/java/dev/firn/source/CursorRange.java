package dev.firn.source;

import dev.firn.source.IncrementalSpec.Bound;
import java.util.Optional;

/**
 * Which cursor values a reading wants. A source that can ask for just these saves work; one that
 * brings more loses nothing: Firn drops what lies outside.
 *
 * @param last the last value loaded so far
 * @param start the first value wanted, such as the last one minus the lag; {@code startBound} says
 *     whether it is wanted itself
 * @param end where the wanted values end; {@code endBound} says whether it is wanted itself
 */
public record CursorRange(
    IncrementalSpec spec,
    Optional<String> last,
    Optional<String> start,
    Bound startBound,
    Optional<String> end,
    Bound endBound) {
  /** From the initial value on, as a first run has it. */
  public static CursorRange everything(IncrementalSpec spec) {
    return new CursorRange(
        spec,
        Optional.empty(),
        spec.initial(),
        spec.rangeStart(),
        spec.end().or(spec::until),
        spec.rangeEnd());
  }
}
