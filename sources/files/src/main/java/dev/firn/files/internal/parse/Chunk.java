package dev.firn.files.internal.parse;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.nio.charset.StandardCharsets;

/** Whole records, in memory. */
public final class Chunk {
  private static final int MOST_TEXT = 1 << 20;

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final Origin origin;

  // Newlines up to an index: places are asked for in ascending order as a rule.
  private int counted;
  private long newlines;

  /**
   * The bytes {@code [from, to)}.
   *
   * @param bytes has at least {@link Words#SPARE} bytes after {@code to}; a parser may write there
   *     while it works and puts back what it found
   */
  public Chunk(byte[] bytes, int from, int to, Origin origin) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.origin = origin;
    this.counted = from;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  /** How many bytes it holds. */
  public int length() {
    return to - from;
  }

  /** The index after the last byte. */
  int to() {
    return to;
  }

  /** Bytes before {@code index}, from the beginning of the file. */
  public long position(int index) {
    return origin.offset() + (index - from);
  }

  /** {@code file:line:column} of an index, both from 1, the column in characters. */
  public String place(int index) {
    int last = Words.lastNewline(bytes, from, index);
    long line = 1 + origin.lines() + Words.newlines(bytes, from, index);
    long column = Utf8.characters(bytes, last < 0 ? from : last + 1, index);
    return origin.name() + ":" + line + ":" + (1 + column + (last < 0 ? origin.columns() : 0));
  }

  /** {@code file:line} of what has this {@link #position}. */
  public String lineAt(long position) {
    int index = index(position);
    if (index < counted) {
      counted = from;
      newlines = 0;
    }
    newlines += Words.newlines(bytes, counted, index);
    counted = index;
    return origin.name() + ":" + (1 + origin.lines() + newlines);
  }

  /** The text from this {@link #position} to the end of its line; at most a megabyte. */
  public String textAt(long position) {
    int index = index(position);
    int most = Math.min(to, index + MOST_TEXT);
    int newline = Words.newline(bytes, index, most);
    int end = newline < 0 ? most : newline;
    return new String(bytes, index, end - index, StandardCharsets.UTF_8).stripTrailing();
  }

  private int index(long position) {
    return from + (int) (position - origin.offset());
  }

  FirnException failure(Malformed fault) {
    return new FirnException(
            fault.code(),
            fault.message(bytes, to),
            fault.code() == ErrorCode.LIMIT_EXCEEDED
                ? "Split the record, or raise the limit."
                : "Correct the record, or set on-error to continue or skip_file.")
        .at(place(fault.index()));
  }

  /** What the sink said, with the place it said it of. */
  FirnException failure(FirnException refused, int index) {
    return refused.at(place(index));
  }
}
