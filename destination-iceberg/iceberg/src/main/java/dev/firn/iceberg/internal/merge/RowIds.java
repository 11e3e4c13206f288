package dev.firn.iceberg.internal.merge;

/** The ids that the rows of a staged file take over from the rows that they replace. */
@FunctionalInterface
public interface RowIds {
  /** Of a row that takes over none: it gets a new id with its commit. */
  long NONE = -1;

  /** The id of the row at a position. */
  long at(long position);
}
