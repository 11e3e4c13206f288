package dev.firn.internal.normalize;

/** Decides at the end of each record whether it is loaded: keys, cursor window, boundary. */
interface RecordGate {
  /**
   * @param row the record's row in the root, all columns set
   * @return false to take the record back; the gate has counted it
   */
  boolean accept(TableBuilder root, int row, RecordState state);
}
