package dev.firn.iceberg.internal.merge;

/**
 * A row group of a staged file, and the rows of a set that it holds.
 *
 * @param set id of the {@link dev.firn.batch.BatchSet}
 * @param firstRow position in the file of its first row
 * @param rows its row count
 * @param setRows for each row, ascending, its position in the set's batch of this table; empty when
 *     the group holds the whole batch in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StagedGroup(long set, long firstRow, int rows, int[] setRows) {
  public StagedGroup {
    if (setRows.length != 0 && setRows.length != rows) {
      throw new IllegalArgumentException(setRows.length + " set rows for " + rows + " rows");
    }
  }

  /** A group that holds a whole batch. */
  public static StagedGroup whole(long set, long firstRow, int rows) {
    return new StagedGroup(set, firstRow, rows, new int[0]);
  }

  /** The position in the set's batch of a row of this group, counted from 0. */
  int setRow(int row) {
    return setRows.length == 0 ? row : setRows[row];
  }
}
