package dev.firn.files.internal.parse;

import static dev.firn.files.internal.parse.Words.ONES;

/** Finds where JSON values end by quotes and brackets alone. */
final class Structure {
  private Structure() {}

  /**
   * The index after the value at {@code i}, or -1 if it goes on after {@code to}. The last value of
   * all ends at {@code to}, whole or not.
   */
  static int valueEnd(byte[] b, int i, int to, boolean last) {
    int end =
        switch (b[i]) {
          case '"' -> stringEnd(b, i, to);
          case '{', '[' -> bracketEnd(b, i, to);
          default -> scalarEnd(b, i, to);
        };
    return end < 0 && last ? to : end;
  }

  /** The index after the string whose quote is at {@code i}, or -1. */
  static int stringEnd(byte[] b, int i, int to) {
    int k = i + 1;
    while (k < to) {
      long w = Words.at(b, k);
      long marks = Words.zeros(w ^ ONES * '"') | Words.zeros(w ^ ONES * '\\');
      if (marks == 0) {
        k += 8;
        continue;
      }
      k += Words.before(marks);
      if (k >= to) {
        return -1;
      }
      if (b[k] == '"') {
        return k + 1;
      }
      k += 2;
    }
    return -1;
  }

  private static int bracketEnd(byte[] b, int i, int to) {
    int depth = 0;
    int k = i;
    while (k < to) {
      switch (b[k]) {
        case '"' -> {
          k = stringEnd(b, k, to);
          if (k < 0) {
            return -1;
          }
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      k++;
      if (depth == 0) {
        return k;
      }
    }
    return -1;
  }

  /** A scalar goes up to what may follow it; one without a single byte is left to the parser. */
  private static int scalarEnd(byte[] b, int i, int to) {
    int k = i + 1;
    while (k < to) {
      switch (b[k]) {
        case ' ', '\n', '\r', '\t', ',', ']', '}', '{', '[', '"' -> {
          return k;
        }
        default -> k++;
      }
    }
    return -1;
  }
}
