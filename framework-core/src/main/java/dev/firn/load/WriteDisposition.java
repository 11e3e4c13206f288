package dev.firn.load;

/** What a load does to the rows that are there. */
public enum WriteDisposition {
  /** Adds rows. */
  APPEND,
  /** Puts the load's rows in place of all rows, or of those of its partitions, in one commit. */
  REPLACE,
  /** Inserts new keys and replaces the rows of known ones, as a {@link MergeStrategy} says. */
  MERGE,
  /** Makes the table, with the load's rows, where it is not there; else reads nothing. */
  CREATE_IF_MISSING,
  /** Reads nothing: table and cursor stay as they are. */
  SKIP;

  /** The word in YAML. */
  public String word() {
    return Words.of(this);
  }

  /** Reads a word of {@link #word}. */
  public static WriteDisposition parse(String text) {
    return Words.parse(WriteDisposition.class, "write disposition", text);
  }
}
