package dev.firn.iceberg.internal.merge;

/** What became of a staged root row. */
public enum Outcome {
  /** Its key had no live row: it lives. */
  INSERTED,
  /** It lives in place of what its key had. */
  UPDATED,
  /** The row that its key had is the same and stays: the staged copy is dead. */
  UNCHANGED,
  /** A later row of the load has its key: it is dead. */
  SUPERSEDED,
  /** It says that its key is to be deleted, and the key had a live row: both are dead. */
  DELETED;

  /** Whether the staged row becomes visible. */
  public boolean lives() {
    return this == INSERTED || this == UPDATED;
  }
}
