package dev.firn.files.internal.parse;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Decides whether a fault ends the reading of a file; shared by all threads of a reading. */
public final class Faults {
  /** A bound that is never reached. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int MOST_TOLD = 10;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int WIDTH = 18;

  private final boolean goOn;
  private final long max;
  private final Set<String> places = ConcurrentHashMap.newKeySet();
  private final NavigableMap<String, String> first = new TreeMap<>();

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
    String message = String.valueOf(fault.getMessage());
    if (max < UNBOUNDED && tooMany(message)) {
      throw new FirnException(
          fault.code(),
          "More than " + max + " records cannot be read (max-errors); now " + fault.getMessage(),
          "Correct the files, or raise max-errors.",
          fault);
    }
    remember(message);
    sink.reject(fault);
  }

  /** Counts places: a stretch whose types clash is read again, faults and all. */
  private boolean tooMany(String message) {
    int end = message.indexOf(": ");
    places.add(end < 0 ? message : message.substring(0, end));
    return places.size() > max;
  }

  /** Keeps the first messages in the order of their places, however the threads found them. */
  private synchronized void remember(String message) {
    first.put(inOrder(message), message);
    if (first.size() > MOST_TOLD) {
      first.pollLastEntry();
    }
  }

  /** The text with its numbers widened, so that line 9 stands before line 10. */
  private static String inOrder(String message) {
    return NUMBER
        .matcher(message)
        .replaceAll(number -> "0".repeat(WIDTH - number.end() + number.start()) + number.group());
  }

  /** What was left out, a line for each of the first records with its place. */
  public synchronized List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    first.values().forEach(message -> lines.add("Left out " + message));
    if (lines.size() == MOST_TOLD) {
      lines.add("Only the first " + MOST_TOLD + " records that were left out are named here.");
    }
    return lines;
  }
}
