package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.merge.MergePlan.ChildPlan;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans merges. Reads the key columns of staged files and of those target files that may hold one
 * of their keys; writes nothing. A plan holds for the snapshots it was made from: a commit that
 * loses its race plans again.
 */
public final class MergePlanner {
  private static final long LEAST_BUDGET_BYTES = 16L << 20;

  private final long budgetBytes;
  private final FileTasks files;

  /**
   * A planner that uses all processors and an eighth of the heap: of 512 MiB, enough to plan about
   * 1.4 million staged rows in one pass.
   */
  public MergePlanner() {
    this(budgetBytes(Runtime.getRuntime().maxMemory()));
  }

  static long budgetBytes(long heapBytes) {
    return Math.max(LEAST_BUDGET_BYTES, heapBytes / 8);
  }

  /** A planner that uses all processors. */
  public MergePlanner(long budgetBytes) {
    this(budgetBytes, Runtime.getRuntime().availableProcessors());
  }

  /**
   * A planner.
   *
   * @param budgetBytes for the table of keys; more rows are planned in several passes, each over a
   *     range of key hashes
   * @param threads how many files are read at once
   */
  public MergePlanner(long budgetBytes, int threads) {
    this.budgetBytes = budgetBytes;
    this.files = new FileTasks(threads);
  }

  /**
   * Plans a load that has committed nothing yet.
   *
   * @throws FirnException {@code BAD_KEY_VALUE} for a null in a key column of a staged row or a key
   *     column of floating point numbers
   */
  public MergePlan plan(MergeRequest request) {
    return plan(request, Optional.empty());
  }

  /**
   * Plans a load whose children are committed and whose root is not. Staged root rows whose
   * children were made visible stay alive, even if they are now the same as the target's; for rows
   * that have come alive since, the children's plans add what they lack.
   *
   * @param committed the outcomes of the plan that the children were committed with
   */
  public MergePlan plan(MergeRequest request, Outcomes committed) {
    return plan(request, Optional.of(committed));
  }

  private MergePlan plan(MergeRequest request, Optional<Outcomes> committed) {
    RowReader reader = new ScanReader();
    RootMerge root = new RootMerge(request, committed, reader, files);
    root.run(budgetBytes);
    Outcomes outcomes = root.outcomes();
    List<ChildMerge> children = children(request, root, reader);
    StagedChildren staged = new StagedChildren(request.sets(), outcomes, committed);
    List<ChildPlan> childPlans = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      childPlans.add(staged.plan(request.children().get(i), children.get(i).deletes()));
    }
    return new MergePlan(root.plan(), childPlans, counts(root.stagedRows(), outcomes), outcomes);
  }

  private List<ChildMerge> children(MergeRequest request, RootMerge root, RowReader reader) {
    List<ChildMerge> children =
        request.children().stream()
            .map(
                child ->
                    new ChildMerge(child, request.loadId(), request.root().name(), reader, files))
            .toList();
    ReplacedRoots roots = new ReplacedRoots(request.root(), root.targets(), reader);
    if (children.isEmpty() || roots.count() == 0) {
      return children;
    }
    for (HashRange range : HashRange.covering(roots.count(), budgetBytes / IdSet.BYTES_PER_ID)) {
      IdSet ids = roots.ids(range);
      children.forEach(child -> child.delete(ids, range, roots));
    }
    return children;
  }

  private static RootCounts counts(long staged, Outcomes outcomes) {
    long updated = outcomes.count(Outcome.UPDATED);
    long unchanged = outcomes.count(Outcome.UNCHANGED);
    long superseded = outcomes.count(Outcome.SUPERSEDED);
    return new RootCounts(
        staged - updated - unchanged - superseded, updated, unchanged, superseded);
  }
}
