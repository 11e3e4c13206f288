package dev.firn.files.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The characters of a CSV file that mean something, all of them ASCII. */
public final class CsvDialect {
  /** No byte. */
  static final int NONE = -1;

  private final byte delimiter;
  private final byte quote;
  private final int escape;
  private final byte[][] nulls;

  /**
   * @param escape makes the next character ordinary; empty: a quote is doubled in a quoted cell
   * @param nulls unquoted cells that are null
   */
  public CsvDialect(char delimiter, char quote, Optional<Character> escape, List<String> nulls) {
    this.delimiter = (byte) delimiter;
    this.quote = (byte) quote;
    this.escape = escape.map(c -> (int) c).orElse(NONE);
    this.nulls =
        nulls.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  byte delimiter() {
    return delimiter;
  }

  byte quote() {
    return quote;
  }

  /** The escape, or {@link #NONE}. */
  int escape() {
    return escape;
  }

  /** Whether an unquoted cell is a null token. */
  boolean isNull(byte[] b, int from, int to) {
    for (byte[] each : nulls) {
      if (each.length == to - from && java.util.Arrays.equals(each, 0, each.length, b, from, to)) {
        return true;
      }
    }
    return false;
  }
}
