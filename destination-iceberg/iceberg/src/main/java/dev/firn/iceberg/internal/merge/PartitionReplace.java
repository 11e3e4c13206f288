package dev.firn.iceberg.internal.merge;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.metadata.NamedPartition;
import dev.firn.iceberg.internal.metadata.WindowPartitions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Puts the staged rows in place of all rows of their partitions, or of the one that is named; of
 * those that lie in the load's window of time, too.
 */
final class PartitionReplace implements RootPlan {
  private final MergeTable root;
  private final NamedPartition named;
  private final WindowPartitions inWindow;
  private final StagedRows staged;
  private final StagedFates fates;
  private final Optional<DeadRows> gone;
  private final List<TargetFile> targets = new ArrayList<>();

  PartitionReplace(MergeRequest request) {
    root = request.root();
    named = NamedPartition.of(request.rules().replacing().partition());
    inWindow = new WindowPartitions(request.window());
    staged = new StagedRows(root.staged(), request.sets());
    fates = new StagedFates(root, staged);
    gone = root.base().map(DeadRows::new);
  }

  @Override
  public void run(long budgetBytes) {
    root.base().ifPresent(this::find);
  }

  private void find(Table base) {
    Set<StructLikeWrapper> partitions = new HashSet<>();
    Set<Integer> specs = new HashSet<>();
    for (StagedData each : root.staged()) {
      specs.add(each.spec().specId());
      partitions.add(partition(each.spec(), each.file()));
    }
    if (staged.count() == 0 || inWindow.areSought()) {
      specs.add(base.spec().specId());
    }
    DeadRows deadRows = gone.orElseThrow();
    for (TargetFile each : TargetFile.scan(base, List.of(), file -> true)) {
      DataFile file = each.task().file();
      PartitionSpec spec = each.task().spec();
      if (!specs.contains(spec.specId())) {
        throw otherwisePartitioned(spec);
      }
      boolean replaced =
          named.isAny()
              ? partitions.contains(partition(spec, file)) || inWindow.hold(spec, file.partition())
              : named.holds(base.schema(), spec, file.partition());
      if (replaced) {
        deleteAll(each, deadRows.of(each));
      }
    }
  }

  private static StructLikeWrapper partition(PartitionSpec spec, DataFile file) {
    return StructLikeWrapper.forType(spec.partitionType()).copyFor(file.partition());
  }

  private FirnException otherwisePartitioned(PartitionSpec spec) {
    return new FirnException(
        ErrorCode.UNMERGEABLE,
        "Table %s holds files that are partitioned by %s: which of their rows belong to a partition of the load cannot be told."
            .formatted(root.name(), spec.isUnpartitioned() ? "nothing" : spec.fields().toString()),
        "Rewrite the table's files under its present partitioning, or replace the whole table.");
  }

  /** Rows that are dead already are none of this commit's. */
  private void deleteAll(TargetFile target, LongPredicate gone) {
    long rows = target.task().file().recordCount();
    if (target.task().deletes().isEmpty()) {
      target.deleted().add(0L, rows);
    } else {
      for (long row = 0; row < rows; row++) {
        if (!gone.test(row)) {
          target.deleted().add(Positions.bit(row));
        }
      }
    }
    targets.add(target);
  }

  @Override
  public List<TargetFile> targets() {
    return targets;
  }

  @Override
  public Outcomes outcomes() {
    return fates.outcomes();
  }

  @Override
  public TablePlan plan() {
    return new TablePlan(root.name(), deletes(), fates.plans());
  }

  private List<TargetDeletes> deletes() {
    return gone.map(deadRows -> TargetFile.wholeFiles(targets, deadRows)).orElse(List.of());
  }

  @Override
  public long stagedRows() {
    return staged.count();
  }

  @Override
  public long deletedRows() {
    return TargetFile.deletedRows(targets);
  }
}
