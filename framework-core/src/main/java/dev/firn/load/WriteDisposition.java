package dev.firn.load;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;

/** What a load does to the rows that are there. */
public enum WriteDisposition {
  /** Adds rows. */
  APPEND,
  /** Puts the load's rows in place of all rows, in one commit. */
  REPLACE,
  /** Inserts new keys and replaces the rows of known ones. */
  MERGE;

  /** The word in YAML. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a word of {@link #word}. */
  public static WriteDisposition parse(String text) {
    for (WriteDisposition each : values()) {
      if (each.word().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + text + "' is no write disposition.",
        "Use append, replace or merge.");
  }
}
