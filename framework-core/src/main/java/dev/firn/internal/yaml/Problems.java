package dev.firn.internal.yaml;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Gathers all that is wrong with a pipeline's files, to be reported together. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  private record Problem(Origin origin, String message, String hint) {
    String line() {
      return origin + ": " + message;
    }
  }

  /** Notes a problem, unless there is one at the same place: the second is its consequence. */
  void add(Origin origin, String message, String hint) {
    if (found.stream().noneMatch(each -> each.origin().equals(origin))) {
      found.add(new Problem(origin, message, hint));
    }
  }

  void add(Origin origin, FirnException failure) {
    add(origin, String.valueOf(failure.getMessage()), failure.hint());
  }

  /** Whether anything is wrong in a file. */
  boolean in(String where) {
    return found.stream().anyMatch(each -> each.origin().where().equals(where));
  }

  /**
   * Throws {@code INVALID_CONFIG} with every problem on its own line, in the order of the files.
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    found.sort(Comparator.comparing(Problem::origin));
    throw found.size() == 1 ? single(found.get(0)) : all();
  }

  private static FirnException single(Problem problem) {
    return new FirnException(ErrorCode.INVALID_CONFIG, problem.line(), problem.hint());
  }

  private FirnException all() {
    String lines =
        found.stream()
            .map(each -> each.hint().isEmpty() ? each.line() : each.line() + " " + each.hint())
            .collect(Collectors.joining("\n  "));
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        found.size() + " problems:\n  " + lines,
        "Correct each; nothing was run.");
  }
}
