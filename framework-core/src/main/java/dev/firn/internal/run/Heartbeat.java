package dev.firn.internal.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls something again and again, on a thread of its own, until it is closed. */
final class Heartbeat implements AutoCloseable {
  private static final long SLOWEST_MILLIS = 1_000;

  private final Runnable beat;
  private final long millis;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Heartbeat(Runnable beat, long millis) {
    this.beat = beat;
    this.millis = millis;
    this.thread = new Thread(this::run, "firn-heartbeat");
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param shortest a time within which something may be due
   */
  static Heartbeat start(Runnable beat, Duration shortest) {
    long millis = Math.max(1, Math.min(SLOWEST_MILLIS, shortest.toMillis() / 6));
    Heartbeat heartbeat = new Heartbeat(beat, millis);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    try {
      while (!stopped.await(millis, TimeUnit.MILLISECONDS)) {
        beat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; a call that is under way is waited for. */
  @Override
  public void close() {
    stopped.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
