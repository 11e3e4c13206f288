package dev.firn.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a misspelt one was meant to be. */
public final class Spelling {
  private Spelling() {}

  /** The closest known word, if it is close: one edit in three letters at most. */
  public static Optional<String> closest(String word, Collection<String> known) {
    String plain = plain(word);
    int best = Math.max(1, plain.length() / 3) + 1;
    Optional<String> closest = Optional.empty();
    for (String candidate : known) {
      int distance = distance(plain, plain(candidate));
      if (distance < best) {
        best = distance;
        closest = Optional.of(candidate);
      }
    }
    return closest;
  }

  /** "Did you mean 'x'?", or the known words when none is close; empty when none is known. */
  public static String hint(String word, Collection<String> known) {
    if (known.isEmpty()) {
      return "";
    }
    return closest(word, known)
        .map(close -> "Did you mean '" + close + "'?")
        .orElseGet(() -> "Known: " + String.join(", ", known.stream().sorted().toList()) + ".");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Edits between two words, two swapped neighbours counting as one (Damerau-Levenshtein, OSA). */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int step(int[][] edits, String a, String b, int i, int j) {
    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
