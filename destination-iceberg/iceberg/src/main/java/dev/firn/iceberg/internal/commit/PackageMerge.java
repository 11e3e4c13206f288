package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.commit.MergeRequests.Planned;
import dev.firn.iceberg.internal.merge.MergePlan.ChildPlan;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import dev.firn.iceberg.internal.merge.Outcomes;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * The rows of a merge, table by table. Positions hold for one snapshot only, so a plan is made anew
 * whenever a table has moved. What became of each root row decides which child rows are visible; if
 * the root moves after its children were committed, a further plan says what they lack.
 */
final class PackageMerge {
  private static final int MOST_STARTS = 5;

  private final CommitContext context;
  private final LoadPackage load;
  private final PackageTables tables;
  private final MergeRequests requests;
  private final Map<TableName, Committed> children = new LinkedHashMap<>();
  private Optional<Outcomes> committed = Optional.empty();
  private Optional<Planned> planned = Optional.empty();

  // Whether a child was committed, or found to need nothing, by the plan of now.
  private boolean childrenJudged;
  private int number = 1;

  PackageMerge(CommitContext context, PackageTables tables) {
    this.context = context;
    this.load = context.load();
    this.tables = tables;
    this.requests = new MergeRequests(context, tables);
  }

  /** Commits the children; what became of them is in {@link #children}. */
  void commitChildren() {
    resume();
    for (int start = 1; ; start++) {
      try {
        plan();
        tables.children().forEach(this::commit);
        return;
      } catch (PlanOutdated e) {
        if (start == MOST_STARTS) {
          throw new FirnException(
              ErrorCode.COMMIT_CONFLICT,
              "Table %s moved %d times while its child tables were committed."
                  .formatted(load.root().schema().name(), MOST_STARTS),
              "Run again when the table is written less: the package is kept.",
              e);
        }
        startOver();
      }
    }
  }

  List<Committed> children() {
    return List.copyOf(children.values());
  }

  /** Whether the children wait for the root to complete the load. */
  boolean childrenWaiting() {
    return committed.isPresent() || children.values().stream().anyMatch(Committed::changed);
  }

  // An earlier process may have stopped between two commits.
  private void resume() {
    Optional<StoredOutcomes> stored = StoredOutcomes.read(context.folder());
    if (stored.isEmpty() || (stored.get().plan() == 1 && rootIsStill(stored.get().outcomes()))) {
      return; // a fresh plan is the same, and the children that are done are found
    }
    number = stored.get().plan();
    if (tables.children().stream().allMatch(this::isDone)) {
      committed = Optional.of(stored.get().outcomes());
      number++;
    } else {
      startOver();
    }
  }

  private boolean rootIsStill(Outcomes outcomes) {
    OptionalLong now =
        context
            .current(load.root().schema().name())
            .map(TableMetadata::currentSnapshot)
            .map(snapshot -> OptionalLong.of(snapshot.snapshotId()))
            .orElse(OptionalLong.empty());
    return now.equals(outcomes.rootSnapshot());
  }

  private boolean isDone(StagedTable child) {
    TableTask task = childTask(child);
    return context
        .current(task.name())
        .flatMap(table -> CommittedBefore.find(table, load, task))
        .isPresent();
  }

  private void startOver() {
    new ChildUndo(context).undoAll();
    StoredOutcomes.delete(context.folder());
    children.clear();
    committed = Optional.empty();
    childrenJudged = false;
    number = 1;
  }

  private void plan() {
    for (int attempt = 1; ; attempt++) {
      try {
        planned = Optional.of(requests.plan(committed));
        return;
      } catch (AlreadyExistsException e) {
        // a table was made between two looks at the catalog
        if (attempt == MOST_STARTS) {
          throw e;
        }
      }
    }
  }

  private void commit(StagedTable child) {
    Committed now = new TableCommit(context, childTask(child)).run();
    childrenJudged = true;
    children.merge(child.schema().name(), now, Committed::and);
  }

  private TableTask childTask(StagedTable child) {
    return tables.task(child, new TableRole.Child(context::rootVersion), number, this::childRows);
  }

  private RowChange childRows(
      Optional<TableMetadata> base,
      BaseTransaction transaction,
      List<FittedFile> files,
      TableName name) {
    Planned current = planned.orElseThrow();
    if (!current.holdsFor(name, base)) {
      plan();
      Planned next = planned.orElseThrow();
      TableName root = load.root().schema().name();
      if (childrenJudged && !next.base(root).equals(current.base(root))) {
        throw new PlanOutdated();
      }
      current = next;
    }
    requireHolds(current, name, base);
    ChildPlan plan = current.child(name);
    Counts counts = new Counts(plan.inserted(), 0, plan.deleted(), plan.unchanged(), 0);
    if (plan.table().nothingToDo()) {
      return new RowChange.Append(List.of(), counts);
    }
    new StoredOutcomes(number, current.plan().outcomes()).write(context.folder());
    childrenJudged = true;
    return files(transaction).write(name, plan.table(), files, current.base(name), counts);
  }

  /** The root's rows; children that a moved root made incomplete are committed first. */
  RowChange rootRows(
      Optional<TableMetadata> base,
      BaseTransaction transaction,
      List<FittedFile> files,
      TableName name) {
    if (!planned.orElseThrow().holdsFor(name, base)) {
      planAgain();
    }
    Planned current = planned.orElseThrow();
    requireHolds(current, name, base);
    RootCounts rows = current.plan().counts();
    Counts counts =
        new Counts(rows.inserted(), rows.updated(), 0, rows.unchanged(), rows.superseded());
    if (current.plan().root().nothingToDo()) {
      return new RowChange.Append(List.of(), counts);
    }
    return files(transaction).write(name, current.plan().root(), files, current.base(name), counts);
  }

  private void planAgain() {
    committed = Optional.of(planned.orElseThrow().plan().outcomes());
    number++;
    childrenJudged = false;
    plan();
    commitAgain();
  }

  private void commitAgain() {
    try {
      tables.children().forEach(this::commit);
    } catch (PlanOutdated e) {
      startOver();
      commitChildren();
      throw new CommitFailedException("Table %s moved again", load.root().schema().name());
    }
  }

  private static void requireHolds(Planned current, TableName name, Optional<TableMetadata> base) {
    if (!current.holdsFor(name, base)) {
      throw new CommitFailedException("Table %s moved while its merge was planned", name);
    }
  }

  private MergeFiles files(BaseTransaction transaction) {
    return new MergeFiles(load.loadId(), context.folder(), transaction.table());
  }
}
