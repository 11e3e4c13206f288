package dev.firn.cli;

import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.schema.TableName;
import java.io.PrintStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shows how a run gets on: one line that is drawn again on a terminal, a line now and then
 * elsewhere.
 */
final class Progress implements LoadObserver, AutoCloseable {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private final boolean silent;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final long start = System.nanoTime();
  private volatile String sealed = "";
  private volatile boolean committed;
  private long shown = start;

  private Progress(PrintStream err, boolean terminal, boolean silent) {
    this.err = err;
    this.terminal = terminal;
    this.silent = silent;
  }

  static Progress on(Session session) {
    boolean silent = session.options().quiet || session.options().noProgress;
    return new Progress(session.console().err(), session.console().terminal(), silent);
  }

  @Override
  public void read(long moreBytes, long moreRecords) {
    if (!sealed.isEmpty()) { // the load before is done, or nothing would be read
      committed = true;
      sealed = "";
    }
    bytes.add(moreBytes);
    records.add(moreRecords);
    showIfDue();
  }

  @Override
  public void sealed(LoadId load) {
    sealed = load.value();
  }

  /** What an end at this moment leaves behind, and how to go on. */
  String ifInterrupted() {
    if (!sealed.isEmpty()) {
      return "load %s is complete and kept; if its commit did not end, the same command ends it."
          .formatted(sealed);
    }
    String before = committed ? "earlier resources are committed; " : "";
    return before + "what was being read is in no table; the same command loads it.";
  }

  @Override
  public void committing(LoadId load, TableName table) {
    if (terminal) {
      show("committing " + table);
    }
  }

  private void showIfDue() {
    long now = System.nanoTime();
    if (now - shown > (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      shown = now;
      long millis = (now - start) / 1_000_000;
      show(
          "read %s, %s in %s"
              .formatted(
                  Words.count(records.sum(), "row"),
                  Words.bytes(bytes.sum()),
                  Words.seconds(millis)));
    }
  }

  private synchronized void show(String line) {
    if (silent) {
      return;
    }
    if (terminal) {
      err.print(CLEAR_LINE + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  @Override
  public void close() {
    if (terminal && !silent) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }
}
