package dev.firn.internal.normalize;

/** Decides at the end of each record whether it is loaded: keys, cursor window, boundary. */
interface RecordGate {
  /**
   * Looks at a record whose columns are all set.
   *
   * @param row the record's row in the root
   * @return false to take the record back; the gate has counted it
   */
  boolean accept(TableBuilder root, int row, RecordState state);
}
