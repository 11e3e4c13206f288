package dev.firn.pipeline;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.time.Durations;
import java.time.Duration;

/**
 * How runs of one pipeline that meet at one table treat each other.
 *
 * @param onLocked what the later one does, {@code concurrency.on-locked}
 * @param lease how long a run is taken to be alive that says nothing, {@code concurrency.lease};
 *     zero: only runs in one project folder know of each other
 */
public record Concurrency(OnLocked onLocked, Duration lease) {
  public static final Concurrency DEFAULT = new Concurrency(OnLocked.FAIL, Duration.ofMinutes(10));

  /** The word for {@link Duration#ZERO}. */
  public static final String NO_LEASE = "none";

  /** Whether tables hold leases. */
  public boolean leased() {
    return !lease.isZero();
  }

  /** The same for runs that do not mind each other. */
  public Concurrency withoutLease() {
    return new Concurrency(onLocked, Duration.ZERO);
  }

  public Concurrency withOnLocked(OnLocked other) {
    return new Concurrency(other, lease);
  }

  /**
   * Reads a lease as people write it.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public static Duration parseLease(String text) {
    return text.equals(NO_LEASE)
        ? Duration.ZERO
        : Durations.parse(text)
            .filter(each -> !each.isZero())
            .orElseThrow(
                () ->
                    new FirnException(
                        ErrorCode.INVALID_CONFIG,
                        "'" + text + "' is no time that a lease can last.",
                        "Write a duration such as 10m, or none."));
  }
}
