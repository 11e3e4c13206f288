package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The way through one object graph: where its events go and how deep it is. */
final class Walk {
  final RecordSink sink;
  private final Writers writers;
  private final int deepest;
  private int depth;
  private boolean typed;

  Walk(RecordSink sink, Writers writers, int deepest) {
    this.sink = sink;
    this.writers = writers;
    this.deepest = deepest;
  }

  /** Starts over for the next record. */
  void reset() {
    depth = 0;
    typed = false;
  }

  /** Sends any value. */
  void value(@Nullable Object value) {
    if (value == null) {
      sink.nothing();
    } else {
      writers.of(value.getClass()).write(value, this);
    }
  }

  /**
   * Sends text: of a class that could have said that it is a time or a number it stays text, in
   * maps and JSON it says what it says.
   */
  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (typed) {
      sink.text(utf8, 0, utf8.length);
    } else {
      sink.string(utf8, 0, utf8.length);
    }
  }

  /** Steps into an object or list; what to give back to {@link #leave}. */
  boolean enter(boolean intoTyped) {
    if (++depth > deepest) {
      throw new FirnException(
          ErrorCode.LIMIT_EXCEEDED,
          "Objects nest deeper than " + deepest + ".",
          "Break the cycle among them, or return less.");
    }
    boolean before = typed;
    typed = intoTyped;
    return before;
  }

  /** Steps into a list, whose texts are like those around it. */
  boolean enterList() {
    return enter(typed);
  }

  void leave(boolean before) {
    depth--;
    typed = before;
  }
}
