package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.time.Duration;

/** How a run waits for another one before it looks again. */
@FunctionalInterface
interface Waiting {
  Waiting SLEEP = Waiting::sleep;

  void pause();

  private static void sleep() {
    try {
      Thread.sleep(Duration.ofSeconds(1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FirnException(
          ErrorCode.ALREADY_RUNNING,
          "The run was interrupted while it waited for another one.",
          "Run again.",
          e);
    }
  }
}
