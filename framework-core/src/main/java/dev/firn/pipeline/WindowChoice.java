package dev.firn.pipeline;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Optional;

/**
 * Which windows of partitioned resources a run loads.
 *
 * @param range one, or a first and a last: {@code 2024-10-01..2024-10-15}; empty: all that are due
 * @param parallel how many are loaded at the same time
 */
public record WindowChoice(Optional<String> range, int parallel) {
  /** All that are due, one after the other. */
  public static final WindowChoice ALL = new WindowChoice(Optional.empty(), 1);

  private static final int MOST = 64;

  public WindowChoice {
    if (parallel < 1 || parallel > MOST) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "%d partitions at the same time are not possible.".formatted(parallel),
          "Say a number from 1 to %d.".formatted(MOST));
    }
  }
}
