package dev.firn.internal.normalize;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.LastValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold between the parts of an incremental loading, wherever they were written. */
public final class IncrementalRules {
  private IncrementalRules() {}

  /** What is wrong, each a sentence that goes on after the resource's name; nothing as a rule. */
  public static List<String> problems(IncrementalSpec spec) {
    List<String> problems = new ArrayList<>();
    if (spec.cursor().isBlank()) {
      problems.add("its cursor has no name.");
    }
    if (spec.uniqueBy().stream().anyMatch(String::isBlank)) {
      problems.add("a column of unique-by has no name.");
    }
    if (spec.end().isPresent() && spec.initial().isEmpty()) {
      problems.add("a backfill with an 'end' needs an 'initial' value to start from.");
    }
    if (spec.end().isPresent() && spec.until().isPresent()) {
      problems.add("'end' and 'until' do not go together: 'end' is for a backfill without state.");
    }
    try {
      range(spec).ifPresent(problems::add);
    } catch (FirnException unreadable) {
      problems.add(unreadable.getMessage() + " " + unreadable.hint());
    }
    return problems;
  }

  private static Optional<String> range(IncrementalSpec spec) {
    Optional<String> end = spec.end().or(() -> spec.until().filter(text -> !isNow(text)));
    if (spec.initial().isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    String from = spec.initial().get();
    DataType type = spec.type().orElseGet(() -> CursorPoint.typeOf(from));
    int order =
        CursorOrder.of(spec)
            .compare(CursorPoint.parse(type, from), CursorPoint.parse(type, end.get()));
    if (order <= 0) {
      return Optional.empty();
    }
    String side = spec.lastValue() == LastValue.MAX ? "after" : "before";
    return Optional.of(
        "'initial' %s lies %s the end %s, so that nothing is between them."
            .formatted(from, side, end.get()));
  }

  private static boolean isNow(String until) {
    return until.equals(IncrementalSpec.NOW);
  }
}
