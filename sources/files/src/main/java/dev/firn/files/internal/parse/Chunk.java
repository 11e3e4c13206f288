package dev.firn.files.internal.parse;

import dev.firn.error.FirnException;

/**
 * Whole records, in memory.
 *
 * @param bytes has at least {@link Words#SPARE} bytes after {@code to}; a parser may write there
 *     while it works and puts back what it found
 */
public record Chunk(byte[] bytes, int from, int to, Origin origin) {
  /** A chunk of exactly these bytes. */
  public static Chunk of(byte[] bytes, Origin origin) {
    return new Chunk(
        java.util.Arrays.copyOf(bytes, bytes.length + Words.SPARE), 0, bytes.length, origin);
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

  FirnException failure(Malformed fault) {
    return new FirnException(
            fault.code(),
            fault.message(bytes, to),
            "Correct the record, or set on-error to continue or skip_file.")
        .at(place(fault.index()));
  }

  /** What the sink said, with the place it said it of. */
  FirnException failure(FirnException refused, int index) {
    return refused.at(place(index));
  }
}
