package dev.firn.contract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.time.Duration;
import java.util.Optional;

/**
 * Which records a resource keeps in the table {@code <table>__quarantine}, and for how long.
 *
 * @param retention older ones are removed when others come; empty: none
 */
public record Quarantine(Keep keep, Optional<Duration> retention) {
  /** Rows of rules whose word is {@code quarantine}, for ever. */
  public static final Quarantine DEFAULT = new Quarantine(Keep.VIOLATIONS, Optional.empty());

  public Quarantine {
    if (retention.isPresent() && (retention.get().isNegative() || retention.get().isZero())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "A quarantine cannot be kept for " + retention.get() + ".",
          "Write a duration such as 30d, or leave retention out.");
    }
  }

  /** What is kept. */
  public enum Keep {
    /** Rows that break a rule whose word is {@code quarantine}. */
    VIOLATIONS,
    /** These, and every record that would otherwise be dropped as unreadable or unwanted. */
    ALL
  }
}
