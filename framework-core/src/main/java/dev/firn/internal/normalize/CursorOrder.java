package dev.firn.internal.normalize;

import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.LastValue;
import java.util.Comparator;

/** Sorts cursor values so that the last one, whichever is meant, comes last. */
final class CursorOrder {
  private CursorOrder() {}

  /** The order of one resource's cursor. */
  static Comparator<CursorPoint> of(IncrementalSpec spec) {
    Comparator<CursorPoint> order =
        spec.order()
            .<Comparator<CursorPoint>>map(
                texts -> (a, b) -> texts.compare(a.spelling(), b.spelling()))
            .orElse(Comparator.naturalOrder());
    return spec.lastValue() == LastValue.MAX ? order : order.reversed();
  }
}
