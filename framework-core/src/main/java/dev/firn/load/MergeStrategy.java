package dev.firn.load;

/** How a merge treats rows that are there. Whatever it is, children follow their root row. */
public enum MergeStrategy {
  /** The rows of a key are replaced by the load's. */
  UPSERT,
  /** So are all rows that agree with a row of the load in the merge key. */
  DELETE_INSERT,
  /** The rows of known keys stay as they are. */
  INSERT_ONLY,
  /** Versions of rows: old ones are closed, not replaced; {@link Validity} tells when each held. */
  SCD2;

  /**
   * Whether a row that is there decides over a row of the load, not the other way round: a plan
   * that another writer overtakes can then only be made anew.
   */
  public boolean staysOnceVisible() {
    return this == INSERT_ONLY || this == SCD2;
  }

  /** The word in YAML. */
  public String word() {
    return Words.of(this);
  }

  /** Reads a word of {@link #word}. */
  public static MergeStrategy parse(String text) {
    return Words.parse(MergeStrategy.class, "merge strategy", text);
  }
}
