package dev.firn.internal.discover;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a source, said all at once. */
final class Mistakes {
  private final List<String> found = new ArrayList<>();

  void add(String mistake) {
    found.add(mistake);
  }

  /** Runs a check that fails by exception; whether it passed. */
  boolean passes(String where, Runnable check) {
    try {
      check.run();
      return true;
    } catch (FirnException failure) {
      String hint = failure.hint().isEmpty() ? "" : " " + failure.hint();
      add(where + failure.getMessage() + hint);
      return false;
    }
  }

  /** Fails if there is anything wrong. */
  void throwIfAny(String what) {
    if (found.isEmpty()) {
      return;
    }
    String all =
        found.size() == 1
            ? what + ": " + found.get(0)
            : what + " has " + found.size() + " mistakes:\n  - " + String.join("\n  - ", found);
    throw new FirnException(ErrorCode.INVALID_SOURCE, all, "Correct the class, or its YAML.");
  }
}
