package dev.firn.load;

/** How a table forgets rows. */
public enum DeleteMode {
  /** Small files name the dead rows by position; format version 2. */
  POSITION_DELETES,
  /** A bitmap a data file; format version 3. */
  DELETION_VECTORS,
  /** Data files with dead rows are written anew without them. */
  COPY_ON_WRITE;

  /** The word in YAML. */
  public String word() {
    return Words.of(this);
  }

  /** Reads a word of {@link #word}. */
  public static DeleteMode parse(String text) {
    return Words.parse(DeleteMode.class, "delete mode", text);
  }
}
