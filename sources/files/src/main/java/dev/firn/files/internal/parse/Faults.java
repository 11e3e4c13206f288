package dev.firn.files.internal.parse;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import java.util.concurrent.atomic.AtomicLong;

/** Decides whether a fault ends the reading of a file; shared by all threads of a reading. */
public final class Faults {
  /** A bound that is never reached. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private final boolean goOn;
  private final long max;
  private final AtomicLong seen = new AtomicLong();

  /**
   * @param goOn leave out what cannot be read, instead of failing
   * @param max how many such records are too many
   */
  public Faults(boolean goOn, long max) {
    this.goOn = goOn;
    this.max = max;
  }

  /** Every fault fails. */
  public static Faults fatal() {
    return new Faults(false, UNBOUNDED);
  }

  /**
   * Rejects the sink's record, or fails.
   *
   * @throws FirnException {@code fault}, unless it concerns just a record and reading goes on
   */
  public void report(FirnException fault, RecordSink sink) {
    if (!goOn || fault.code().exitCode() != 1 || fault.code() == ErrorCode.BUG) {
      throw fault;
    }
    if (seen.incrementAndGet() > max) {
      throw new FirnException(
          fault.code(),
          "More than " + max + " records cannot be read (max-errors); now " + fault.getMessage(),
          "Correct the files, or raise max-errors.",
          fault);
    }
    sink.reject(fault);
  }
}
