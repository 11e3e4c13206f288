package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.merge.MergePlan.ChildPlan;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    return plan(request, Map.of());
  }

  /**
   * Plans a load of which some children are committed and the root is not. Staged root rows whose
   * children were made visible stay alive, even if they are now the same as the target's; for rows
   * that have come alive since, the children's plans add what they lack. Children that went with
   * their replaced root row are gone: who has the same root now came with this load, also where
   * another writer has moved it to a file of its own.
   *
   * @param committed for each committed child the outcomes of the plan that it was committed with
   */
  public MergePlan plan(MergeRequest request, Map<TableName, Outcomes> committed) {
    RowReader reader = new ScanReader();
    RootPlan root = root(request, distinct(committed.values()), reader);
    root.run(budgetBytes);
    Outcomes outcomes = root.outcomes();
    Map<TableName, List<TargetDeletes>> deletes = new HashMap<>();
    if (root.childrenGo()) {
      byOutcomes(request, committed)
          .forEach(
              (with, children) -> deletes.putAll(deletes(request, root, children, with, reader)));
    }
    StagedChildren staged = new StagedChildren(request.sets(), outcomes);
    List<ChildPlan> plans = new ArrayList<>();
    for (MergeTable child : request.children()) {
      Optional<Outcomes> with = Optional.ofNullable(committed.get(child.name()));
      plans.add(staged.plan(child, deletes.getOrDefault(child.name(), List.of()), with));
    }
    return new MergePlan(root.plan(), plans, counts(root, outcomes), outcomes);
  }

  private RootPlan root(MergeRequest request, List<Outcomes> committed, RowReader reader) {
    if (request.disposition() == WriteDisposition.REPLACE) {
      return new PartitionReplace(request);
    } else if (!request.hasRows() && !request.actsWithoutRows()) {
      return new NoRows(request);
    }
    return request.rules().mergeStrategy() == MergeStrategy.SCD2
        ? new VersionMerge(request, reader, files)
        : new RootMerge(request, committed, reader, files);
  }

  private static List<Outcomes> distinct(Collection<Outcomes> committed) {
    Set<Outcomes> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(committed);
    return List.copyOf(all);
  }

  // Mostly one group: no child is committed yet.
  private static Map<Optional<Outcomes>, List<MergeTable>> byOutcomes(
      MergeRequest request, Map<TableName, Outcomes> committed) {
    return request.children().stream()
        .collect(Collectors.groupingBy(each -> Optional.ofNullable(committed.get(each.name()))));
  }

  private Map<TableName, List<TargetDeletes>> deletes(
      MergeRequest request,
      RootPlan root,
      List<MergeTable> tables,
      Optional<Outcomes> committed,
      RowReader reader) {
    ReplacedRoots roots = new ReplacedRoots(request.root(), root.targets(), committed, reader);
    if (roots.count() == 0) {
      return Map.of();
    }
    List<ChildMerge> children =
        tables.stream()
            .map(
                child ->
                    new ChildMerge(child, request.loadId(), request.root().name(), reader, files))
            .toList();
    for (HashRange range : HashRange.covering(roots.count(), budgetBytes / IdSet.BYTES_PER_ID)) {
      IdSet ids = roots.ids(range);
      children.forEach(child -> child.delete(ids, range, roots));
    }
    return children.stream().collect(Collectors.toMap(ChildMerge::table, ChildMerge::deletes));
  }

  private static RootCounts counts(RootPlan root, Outcomes outcomes) {
    long updated = outcomes.count(Outcome.UPDATED);
    long unchanged = outcomes.count(Outcome.UNCHANGED);
    long superseded = outcomes.count(Outcome.SUPERSEDED);
    long deleted = outcomes.count(Outcome.DELETED);
    long inserted = root.stagedRows() - updated - unchanged - superseded - deleted;
    return new RootCounts(
        inserted, updated + root.closedRows(), unchanged, superseded, deleted, root.deletedRows());
  }
}
