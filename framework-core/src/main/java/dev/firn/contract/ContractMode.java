package dev.firn.contract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;

/** What happens to something that the schema does not foresee. */
public enum ContractMode {
  /** The schema grows. */
  EVOLVE,
  /** The load fails. */
  FREEZE,
  /** The row is dropped and counted. */
  DISCARD_ROW,
  /** The value is dropped, the row stays. */
  DISCARD_VALUE;

  /** The word in YAML: {@code discard_row}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a word; {@code -} equals {@code _}. */
  public static ContractMode parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    for (ContractMode mode : values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + text + "' is no contract mode.",
        "Use evolve, freeze, discard_row or discard_value.");
  }
}
