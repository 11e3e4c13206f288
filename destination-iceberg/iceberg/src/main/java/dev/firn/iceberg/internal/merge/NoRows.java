package dev.firn.iceberg.internal.merge;

import java.util.List;

/** A load that brings no row to its root and takes none away. */
final class NoRows implements RootPlan {
  private final MergeTable root;
  private final StagedFates fates;

  NoRows(MergeRequest request) {
    root = request.root();
    fates = new StagedFates(root, new StagedRows(root.staged(), request.sets()));
  }

  @Override
  public void run(long budgetBytes) {
    // there is nothing to decide
  }

  @Override
  public List<TargetFile> targets() {
    return List.of();
  }

  @Override
  public Outcomes outcomes() {
    return fates.outcomes();
  }

  @Override
  public TablePlan plan() {
    return new TablePlan(root.name(), List.of(), fates.plans());
  }

  @Override
  public long stagedRows() {
    return 0;
  }

  @Override
  public long deletedRows() {
    return 0;
  }
}
