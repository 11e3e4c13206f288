package dev.firn.iceberg.testkit;

/**
 * The end of a process, as its catalog and storage see it: from some call on nothing of it arrives
 * any more, its attempts to clean up included.
 */
public final class KillSwitch {
  private long callsLeft;

  private KillSwitch(long calls) {
    this.callsLeft = calls;
  }

  /** Kills nobody. */
  public static KillSwitch never() {
    return new KillSwitch(Long.MAX_VALUE);
  }

  /** Kills the process at the call after this many. */
  public static KillSwitch after(long calls) {
    return new KillSwitch(calls);
  }

  /**
   * Something of the process arrives, or has been done.
   *
   * @throws Killed when the process is dead
   */
  public synchronized void call() {
    if (callsLeft == 0) {
      throw new Killed();
    }
    callsLeft--;
  }

  /** Whether the process was killed. */
  public synchronized boolean killed() {
    return callsLeft == 0;
  }

  /** Ends the process; no error that anybody handles. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed, on request", null, false, false);
    }
  }
}
