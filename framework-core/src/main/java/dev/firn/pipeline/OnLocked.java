package dev.firn.pipeline;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;

/** What a run does that finds another one at work on its table, {@code concurrency.on-locked}. */
public enum OnLocked {
  /** Ends with {@code ALREADY_RUNNING}. */
  FAIL,
  /** Waits until the other one has ended. */
  WAIT;

  /** The word in files and commands. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public static OnLocked parse(String word) {
    for (OnLocked each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + word + "' says nothing about a locked table.",
        "Use fail or wait.");
  }
}
