package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.roaringbitmap.RoaringBitmap;

/** What becomes of the staged rows of a root; rows that are never told of are inserted. */
final class StagedFates {
  private final MergeTable root;
  private final StagedRows staged;
  private final List<RoaringBitmap> dead = new ArrayList<>();
  private final Outcomes.Builder outcomes = new Outcomes.Builder();
  private final StagedRowIds ids;

  StagedFates(MergeTable root, StagedRows staged) {
    this.root = root;
    this.staged = staged;
    this.ids = new StagedRowIds(staged.count());
    root.staged().forEach(file -> dead.add(new RoaringBitmap()));
  }

  /** A row does not become visible. */
  void kill(long row, Outcome outcome) {
    dead.get(staged.file(row)).add(Positions.bit(staged.position(row)));
    outcomes.add(staged.set(row), staged.setRow(row), outcome);
  }

  /** Whether a row was told not to become visible. */
  boolean isDead(long row) {
    return dead.get(staged.file(row)).contains(Positions.bit(staged.position(row)));
  }

  /**
   * A row lives in place of others.
   *
   * @param id of one of them, or {@link RowIds#NONE}
   */
  void update(long row, long id) {
    outcomes.add(staged.set(row), staged.setRow(row), Outcome.UPDATED);
    if (id != RowIds.NONE) {
      ids.set(row, id);
    }
  }

  Outcomes outcomes() {
    Snapshot snapshot = root.base().map(Table::currentSnapshot).orElse(null);
    return outcomes.build(
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()));
  }

  /** What becomes of the root's files. */
  List<StagedPlan> plans() {
    List<StagedPlan> plans = new ArrayList<>();
    for (int file = 0; file < dead.size(); file++) {
      StagedPlan plan = StagedPlan.first(root.staged().get(file), Positions.of(dead.get(file)));
      plans.add(plan.with(ids(file)));
    }
    return plans;
  }

  private Optional<RowIds> ids(int file) {
    long first = staged.first(file);
    return ids.anyIn(first, staged.first(file + 1) - first)
        ? Optional.of(position -> ids.get(first + position))
        : Optional.empty();
  }

  /** Whether a row must live, since children of it do. */
  boolean lived(List<Outcomes> committed, long row) {
    return committed.stream().anyMatch(with -> became(with, row).lives());
  }

  /** What became of a row by other outcomes. */
  Outcome became(Outcomes with, long row) {
    return with.of(staged.set(row), staged.setRow(row));
  }
}
