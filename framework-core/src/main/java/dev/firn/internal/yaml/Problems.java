package dev.firn.internal.yaml;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers all that is wrong with a pipeline's files, to be reported together. */
final class Problems {
  private final Map<Origin, Problem> found = new HashMap<>();

  /** What more than so many say, nobody reads before these are corrected. */
  private static final int MOST_TOLD = 100;

  private record Problem(Origin origin, String message, String hint) {
    String line() {
      return origin + ": " + message;
    }
  }

  /** Notes a problem, unless there is one at the same place: the second is its consequence. */
  void add(Origin origin, String message, String hint) {
    found.putIfAbsent(origin, new Problem(origin, message, hint));
  }

  void add(Origin origin, FirnException failure) {
    add(origin, String.valueOf(failure.getMessage()), failure.hint());
  }

  /** Whether anything is wrong in a file. */
  boolean in(String where) {
    return found.keySet().stream().anyMatch(origin -> origin.where().equals(where));
  }

  /**
   * Throws {@code INVALID_CONFIG} with every problem on its own line, in the order of the files.
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<Problem> all =
        found.values().stream().sorted(Comparator.comparing(Problem::origin)).toList();
    throw all.size() == 1 ? single(all.get(0)) : together(all);
  }

  private static FirnException single(Problem problem) {
    return new FirnException(ErrorCode.INVALID_CONFIG, problem.line(), problem.hint());
  }

  private static FirnException together(List<Problem> all) {
    String lines =
        all.stream()
            .limit(MOST_TOLD)
            .map(each -> each.hint().isEmpty() ? each.line() : each.line() + " " + each.hint())
            .collect(Collectors.joining("\n  "));
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        all.size() + " problems:\n  " + lines + untold(all.size() - MOST_TOLD),
        "Correct each; nothing was run.");
  }

  private static String untold(int number) {
    return number > 0 ? "\n  and " + number + " more" : "";
  }
}
