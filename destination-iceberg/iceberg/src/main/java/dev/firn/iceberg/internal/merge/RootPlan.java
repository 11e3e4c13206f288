package dev.firn.iceberg.internal.merge;

import java.util.List;

/** What becomes of the rows of a root: those that are there, and those of the load. */
interface RootPlan {
  /** Decides it, to be called once. */
  void run(long budgetBytes);

  /** The files of the base that were looked at, with their rows that go. */
  List<TargetFile> targets();

  /** What became of the staged rows. */
  Outcomes outcomes();

  TablePlan plan();

  long stagedRows();

  /** Rows of the base that go with no staged row in their place. */
  long deletedRows();

  /** Rows of the base that are written again as closed ones. */
  default long closedRows() {
    return 0;
  }

  /** Whether the child rows of rows that go, go with them. */
  default boolean childrenGo() {
    return true;
  }
}
