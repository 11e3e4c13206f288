package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.commit.MergeRequests.Planned;
import dev.firn.iceberg.internal.merge.MergePlan.ChildPlan;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * The rows of a merge, table by table. Positions hold for one snapshot only, so a plan is made anew
 * whenever a table has moved. What became of each root row decides which child rows are visible; if
 * the root moves after children were committed, a further plan says what each of them lacks. Which
 * plan a child was committed with stands in its snapshot, so an attempt that was cut off anywhere
 * is gone on with like one that was not.
 */
final class PackageMerge {
  private static final int MOST_STARTS = 5;

  private final CommitContext context;
  private final LoadPackage load;
  private final PackageTables tables;
  private final MergeRequests requests;
  private final StoredOutcomes stored;
  private final Map<TableName, Committed> children = new LinkedHashMap<>();
  private Optional<Planned> planned = Optional.empty();
  private int number = 1;

  PackageMerge(CommitContext context, PackageTables tables) {
    this.context = context;
    this.load = context.load();
    this.tables = tables;
    this.requests = new MergeRequests(context, tables);
    this.stored = StoredOutcomes.read(context.folder());
  }

  /** Commits the children; what became of them is in {@link #children}. */
  void commitChildren() {
    boolean resumed = !stored.isEmpty();
    plan();
    if (resumed && !stored.has(number)) {
      tables.children().forEach(this::countEarlier);
    }
    commitPlanned();
  }

  private void commitPlanned() {
    for (int start = 1; ; start++) {
      try {
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
      }
    }
  }

  List<Committed> children() {
    return List.copyOf(children.values());
  }

  // What an earlier process committed by a plan that does not hold any more.
  private void countEarlier(StagedTable child) {
    TableName name = child.schema().name();
    context
        .current(name)
        .flatMap(table -> CommittedBefore.find(table, load, name))
        .ifPresent(earlier -> children.put(name, earlier));
  }

  private Planned plan() {
    for (int attempt = 1; ; attempt++) {
      try {
        Planned next = requests.plan(stored);
        int numbered = stored.numberOf(next.plan().outcomes());
        if (mustBeginAnew(next)) {
          beginAnew();
          next = requests.plan(stored);
          numbered = 1;
        }
        planned = Optional.of(next);
        number = numbered;
        return next;
      } catch (AlreadyExistsException e) {
        // a table was made between two looks at the catalog
        if (attempt == MOST_STARTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Where rows that are there decide over rows of the load, children that are visible cannot make
   * their root row live: once the root has other rows for them they are taken out again.
   */
  private boolean mustBeginAnew(Planned next) {
    boolean theyDecide = load.rules().mergeStrategy().staysOnceVisible();
    return theyDecide && !stored.isEmpty() && !stored.lastIsLike(next.plan().outcomes());
  }

  private void beginAnew() {
    new ChildUndo(context).undoAll();
    stored.forget();
    children.clear();
  }

  private void commit(StagedTable child) {
    TableRole role = new TableRole.Child(context::rootVersion);
    TableTask task = tables.task(child, role, number, this::childRows);
    Committed now = new TableCommit(context, task).run();
    children.merge(child.schema().name(), now, Committed::and);
  }

  private RowChange childRows(
      Optional<TableMetadata> base,
      BaseTransaction transaction,
      List<FittedFile> files,
      TableName name) {
    Planned current = planned.orElseThrow();
    if (!current.holdsFor(name, base)) {
      int before = number;
      Planned next = plan();
      TableName root = load.root().schema().name();
      if (number != before || !next.base(root).equals(current.base(root))) {
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
    stored.keep(number, current.plan().outcomes());
    return files(transaction).write(name, plan.table(), files, current.base(name), counts);
  }

  /** The root's rows; children that a moved root made incomplete are committed first. */
  RowChange rootRows(
      Optional<TableMetadata> base,
      BaseTransaction transaction,
      List<FittedFile> files,
      TableName name) {
    if (!planned.orElseThrow().holdsFor(name, base)) {
      plan();
      commitPlanned();
    }
    Planned current = planned.orElseThrow();
    requireHolds(current, name, base);
    RootCounts rows = current.plan().counts();
    Counts counts =
        new Counts(
            rows.inserted(),
            rows.updated(),
            rows.deletedRows(),
            rows.unchanged(),
            rows.superseded());
    if (current.plan().root().nothingToDo()) {
      return new RowChange.Append(List.of(), counts);
    }
    return files(transaction).write(name, current.plan().root(), files, current.base(name), counts);
  }

  private static void requireHolds(Planned current, TableName name, Optional<TableMetadata> base) {
    if (!current.holdsFor(name, base)) {
      throw new CommitFailedException("Table %s moved while its merge was planned", name);
    }
  }

  private MergeFiles files(BaseTransaction transaction) {
    return new MergeFiles(load.loadId(), context.folder(), transaction.table(), load.rules());
  }
}
