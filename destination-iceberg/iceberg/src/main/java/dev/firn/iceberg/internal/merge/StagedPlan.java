package dev.firn.iceberg.internal.merge;

import java.util.Optional;

/**
 * What becomes of one staged file.
 *
 * @param dead positions of rows that must not become visible through this plan
 * @param ids of rows that are replaced by the file's; none before format version 3
 */
public record StagedPlan(StagedData data, Positions dead, Fate fate, Optional<RowIds> ids) {
  /** A plan for a file whose rows take over no ids. */
  public StagedPlan(StagedData data, Positions dead, Fate fate) {
    this(data, dead, fate, Optional.empty());
  }

  /** How a staged file enters the table. */
  public enum Fate {
    /** All rows live: it is added as it is. */
    ADD,
    /** It is added, with a delete of its dead rows in the same snapshot. */
    ADD_WITH_DELETES,
    /** A copy of its live rows is added instead. */
    REWRITE,
    /** No row lives: it is not added. */
    LEAVE_OUT
  }

  /** The plan for a file that no commit has added yet: rewritten when more than half is dead. */
  static StagedPlan first(StagedData data, Positions dead) {
    long rows = data.file().recordCount();
    return new StagedPlan(
        data,
        dead,
        fate(dead, rows, dead.count() * 2 > rows ? Fate.REWRITE : Fate.ADD_WITH_DELETES));
  }

  /** The plan for a file that a commit has added with some of its rows: others need a copy. */
  static StagedPlan again(StagedData data, Positions dead) {
    return new StagedPlan(data, dead, fate(dead, data.file().recordCount(), Fate.REWRITE));
  }

  private static Fate fate(Positions dead, long rows, Fate partly) {
    if (dead.isEmpty()) {
      return Fate.ADD;
    }
    return dead.count() == rows ? Fate.LEAVE_OUT : partly;
  }

  /** The plan with ids for its rows. */
  StagedPlan with(Optional<RowIds> others) {
    return new StagedPlan(data, dead, fate, others);
  }

  /** The plan for the file as it is now. */
  public StagedPlan with(StagedData other) {
    return new StagedPlan(other, dead, fate, ids);
  }

  /** Rows that become visible. */
  public long live() {
    return data.file().recordCount() - dead.count();
  }
}
