package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.merge.MergePlan.ChildPlan;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Tells which staged child rows live, by what became of the root rows that brought them. */
final class StagedChildren {
  private final StagedSets sets;
  private final Outcomes outcomes;

  StagedChildren(StagedSets sets, Outcomes outcomes) {
    this.sets = sets;
    this.outcomes = outcomes;
  }

  /**
   * The plan of a child table.
   *
   * @param committed what the table is committed with, if it is
   */
  ChildPlan plan(MergeTable child, List<TargetDeletes> deletes, Optional<Outcomes> committed) {
    List<StagedPlan> staged = new ArrayList<>();
    long unchanged = 0;
    for (StagedData data : child.staged()) {
      RoaringBitmap stale = rows(child.name(), data, outcomes, Outcome.UNCHANGED);
      RoaringBitmap dead = RoaringBitmap.or(stale, gone(child.name(), data, outcomes));
      unchanged += stale.getLongCardinality();
      staged.add(plan(child.name(), data, dead, committed));
    }
    TablePlan table = new TablePlan(child.name(), deletes, staged);
    return new ChildPlan(table, table.added(), table.deleted(), unchanged);
  }

  private StagedPlan plan(
      TableName child, StagedData data, RoaringBitmap dead, Optional<Outcomes> committed) {
    if (committed.isEmpty()) {
      return StagedPlan.first(data, Positions.of(dead));
    }
    RoaringBitmap deadBefore =
        RoaringBitmap.or(
            rows(child, data, committed.get(), Outcome.UNCHANGED),
            gone(child, data, committed.get()));
    long rows = data.file().recordCount();
    if (deadBefore.getLongCardinality() == rows) {
      return StagedPlan.first(data, Positions.of(dead)); // it was left out
    }
    RoaringBitmap missing = RoaringBitmap.andNot(deadBefore, dead);
    return StagedPlan.again(data, Positions.of(RoaringBitmap.flip(missing, 0L, rows)));
  }

  /** Rows whose root row is neither there nor as it was. */
  private RoaringBitmap gone(TableName child, StagedData data, Outcomes from) {
    return RoaringBitmap.or(
        rows(child, data, from, Outcome.SUPERSEDED), rows(child, data, from, Outcome.DELETED));
  }

  /** Positions in a file of the rows that root rows of some outcome brought. */
  private RoaringBitmap rows(TableName child, StagedData data, Outcomes from, Outcome outcome) {
    RoaringBitmap positions = new RoaringBitmap();
    for (StagedGroup group : data.groups()) {
      BitSet brought = setRows(child, group.set(), from, outcome);
      if (brought.isEmpty()) {
        continue;
      }
      for (int row = 0; row < group.rows(); row++) {
        if (brought.get(group.setRow(row))) {
          positions.add(Positions.bit(group.firstRow() + row));
        }
      }
    }
    return positions;
  }

  /** The same as positions in the set's batch of the child table. */
  private BitSet setRows(TableName child, long set, Outcomes from, Outcome outcome) {
    BitSet rows = new BitSet();
    if (!from.has(set, outcome)) {
      return rows;
    }
    int[] firstRows = sets.childRows(set, child).clone();
    int next = 0;
    for (int root = 0; root < firstRows.length; root++) {
      int count = firstRows[root];
      firstRows[root] = next;
      next += count;
    }
    int end = next;
    from.forEach(
        set,
        outcome,
        root -> {
          if (root < firstRows.length) {
            rows.set(firstRows[root], root + 1 < firstRows.length ? firstRows[root + 1] : end);
          }
        });
    return rows;
  }
}
