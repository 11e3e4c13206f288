package dev.firn.internal.yaml;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Tells what is wrong with a regular expression. */
final class Patterns {
  static final String HINT = "Escape what is meant literally with a backslash.";

  /** Java compiles groups by recursion, on threads with small stacks, too. */
  private static final int MAX_GROUPS = 200;

  private Patterns() {}

  /** Why a text is no regular expression that can be searched for. */
  static Optional<String> mistake(String pattern) {
    if (depth(pattern) > MAX_GROUPS) {
      return Optional.of("more than " + MAX_GROUPS + " groups inside of each other");
    }
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException broken) {
      int character = Math.max(0, broken.getIndex()) + 1;
      return Optional.of(broken.getDescription() + " at its character " + character);
    } catch (StackOverflowError tooDeep) {
      return Optional.of("it is nested too deep");
    }
  }

  private static int depth(String pattern) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '(', '[' -> deepest = Math.max(deepest, ++depth);
        case ')', ']' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
    }
    return deepest;
  }
}
