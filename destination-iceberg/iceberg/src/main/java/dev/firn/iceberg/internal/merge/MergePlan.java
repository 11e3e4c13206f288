package dev.firn.iceberg.internal.merge;

import java.util.List;

/**
 * Everything that the commit of a merge needs to know about rows. Holds for the base snapshots that
 * it was made from, and only for those.
 *
 * @param children one plan for each child table of the request, in its order
 * @param outcomes what became of each staged root row
 */
public record MergePlan(
    TablePlan root, List<ChildPlan> children, RootCounts counts, Outcomes outcomes) {
  public MergePlan {
    children = List.copyOf(children);
  }

  /** Whether no row of any table changes. */
  public boolean nothingToDo() {
    return root.nothingToDo() && children.stream().allMatch(each -> each.table().nothingToDo());
  }

  /**
   * What happened to the keys of the load: the sum of all but the last is the number of staged root
   * rows, but where versions are closed, which count as updated.
   *
   * @param inserted keys without a live row in the base
   * @param updated keys whose live rows are replaced. A key that other writers gave several live
   *     rows counts once, and is always updated: one row is left afterwards
   * @param unchanged keys with exactly one live row of equal, non-null row hash
   * @param superseded staged rows that a later one of the same key replaced within the load
   * @param deletedKeys keys with live rows that the load says to delete
   * @param deletedRows rows of the base that go with no staged row in their place
   */
  public record RootCounts(
      long inserted,
      long updated,
      long unchanged,
      long superseded,
      long deletedKeys,
      long deletedRows) {
    /** Counts of a load that only puts rows in. */
    public RootCounts(long inserted, long updated, long unchanged, long superseded) {
      this(inserted, updated, unchanged, superseded, 0, 0);
    }
  }

  /**
   * What happens to a child table.
   *
   * @param deleted rows of the base whose root row is replaced
   * @param inserted staged rows whose root row lives and that are not visible yet
   * @param unchanged staged rows whose root row is unchanged: their old copies stay
   */
  public record ChildPlan(TablePlan table, long inserted, long deleted, long unchanged) {}
}
