package dev.firn.files.internal.parse;

/** Where a chunk begins in its file. */
public interface Origin {
  /** The file's name, as a user knows it. */
  String name();

  /** Decoded bytes before the chunk. */
  long offset();

  /** Newlines before the chunk; may read the file to know. */
  long lines();

  /** Characters between the last newline and the chunk. */
  long columns();

  /**
   * An origin that was counted on the way.
   *
   * @param offset decoded bytes before the chunk
   */
  record Counted(String name, long offset, long lines, long columns) implements Origin {
    public static Counted start(String name) {
      return new Counted(name, 0, 0, 0);
    }

    /** The origin of what follows {@code [from, to)}, which begins here. */
    public Counted after(byte[] b, int from, int to) {
      int last = Words.lastNewline(b, from, to);
      long more = Utf8.characters(b, last < 0 ? from : last + 1, to);
      return new Counted(
          name,
          offset + (to - from),
          lines + Words.newlines(b, from, to),
          last < 0 ? columns + more : more);
    }
  }
}
