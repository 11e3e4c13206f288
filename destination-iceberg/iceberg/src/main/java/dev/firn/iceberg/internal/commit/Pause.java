package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.concurrent.ThreadLocalRandom;

/** How a commit waits before another round. */
@FunctionalInterface
public interface Pause {
  /** Up to 50 ms, doubled each round, at most 3 s; random, so that two writers part. */
  Pause JITTERED = Pause::jittered;

  /**
   * Waits.
   *
   * @param round from 1: the first attempt does not wait
   */
  void before(int round);

  private static void jittered(int round) {
    long most = Math.min(3_000, 50L << Math.min(round - 1, 6));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FirnException(
          ErrorCode.COMMIT_CONFLICT,
          "The commit was interrupted between two attempts.",
          "Run again: the package is kept.",
          e);
    }
  }
}
