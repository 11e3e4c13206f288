package dev.firn.testkit.contract;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.IncrementalSpec;
import dev.firn.state.CursorState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/** Which of two cursors of one resource is further. */
final class CursorOrder {
  private static final Set<Simple> TEXTS =
      Set.of(Simple.STRING, Simple.DATE, Simple.TIME, Simple.TIMESTAMP_NTZ, Simple.UUID);

  private CursorOrder() {}

  /** Greater is further on, for this resource. */
  static Comparator<CursorState> of(IncrementalSpec spec) {
    Comparator<CursorState> order =
        spec.order()
            .<Comparator<CursorState>>map(own -> Comparator.comparing(CursorState::value, own))
            .orElse(CursorOrder::compare);
    return spec.lastValue() == IncrementalSpec.LastValue.MIN ? order.reversed() : order;
  }

  private static int compare(CursorState a, CursorState b) {
    DataType type = a.type();
    if (type == Simple.TIMESTAMP) {
      return Instant.parse(a.value()).compareTo(Instant.parse(b.value()));
    }
    return type instanceof Simple simple && TEXTS.contains(simple)
        ? a.value().compareTo(b.value())
        : new BigDecimal(a.value()).compareTo(new BigDecimal(b.value()));
  }
}
