package dev.firn.cli;

import java.util.function.Supplier;

/** Tells what is kept and how to go on when the process is told to stop in the middle of work. */
final class Interruption {
  private Interruption() {}

  /** Does the work; a signal meanwhile ends the process with the signal's own exit code. */
  static <T> T tells(Session session, Progress progress, Supplier<T> work) {
    Thread hook = new Thread(() -> tell(session, progress), "firn-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      forget(hook);
    }
  }

  private static void tell(Session session, Progress progress) {
    progress.close();
    session.console().err().println("interrupted: " + progress.ifInterrupted());
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the process ends already, and the hook tells of it
    }
  }
}
