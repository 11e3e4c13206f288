package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.Replacing;
import dev.firn.load.StagedTable;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import dev.firn.state.Lease;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;

/**
 * Phase 2 of one package: its children first, the root last. The load is complete exactly when the
 * root holds its id.
 */
public final class PackageCommit {
  private static final int MOST_ATTEMPTS = 10;

  private final CommitContext context;
  private final LoadPackage load;

  /**
   * @param lease what the load's run holds the root by; empty: it is not fenced
   */
  public PackageCommit(
      Tables tables,
      LoadPackage load,
      Optional<Lease> lease,
      Path folder,
      LoadObserver observer,
      Pause pause) {
    Fence fence = new Fence(load, lease);
    this.context = new CommitContext(tables, load, fence, folder, observer, pause);
    this.load = load;
  }

  public CommitResult run() {
    for (int attempt = 1; ; attempt++) {
      try {
        if (attempt > 1) {
          context.pause().before(attempt);
        }
        return attempt();
      } catch (ChildrenTakenOut e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new FirnException(
              ErrorCode.COMMIT_CONFLICT,
              "Table %s: other loads took child rows of load %s out %d times."
                  .formatted(load.root().schema().name(), load.loadId(), MOST_ATTEMPTS),
              "Run again when fewer loads write at once: the package is kept.",
              e);
        }
      }
    }
  }

  private CommitResult attempt() {
    TableName root = load.root().schema().name();
    Optional<TableMetadata> live = context.current(root);
    Optional<Committed> done =
        live.flatMap(table -> CommittedBefore.find(table, load, root))
            .or(() -> CommittedBefore.findFiles(context));
    if (done.isPresent()) {
      new UnusedFiles(context).deleteOrWarn();
      return result(done.get(), childrenCommittedBefore());
    }
    boolean madeBefore =
        live.isPresent() && load.disposition() == WriteDisposition.CREATE_IF_MISSING;
    if (madeBefore || new NothingCommitted(context.folder()).isNoted()) {
      return leftAlone(live);
    }
    SameTable.require(load.root(), live, load.loadId());
    live.ifPresent(table -> VersionEnds.require(load, table));
    for (StagedTable child : context.besideRoot()) {
      SameTable.require(child, context.current(child.schema().name()), load.loadId());
    }
    ResourceState state =
        live.map(table -> TableRole.stateOf(table, load)).orElse(ResourceState.NONE);
    try {
      new TableRole.Root(List.of(), false, List.of()).next(load, root, state);
      context.fence().require(live);
      boolean undone = new UnfinishedLoads(context).undo(live);
      if (load.replacesTables()) {
        new DroppedTables(context).drop();
      }
      boolean moved = undone || load.replacesTables();
      Optional<TableMetadata> now = moved ? context.current(root) : live;
      boolean named = new NamedChildren(context).announce(now);
      PackageTables tables = new PackageTables(context, named ? context.current(root) : now);
      Optional<Committed> aside = tables.quarantine().map(table -> keepAside(tables, table));
      return planned() ? merge(tables, aside) : addOrReplace(tables, aside);
    } catch (FirnException e) {
      if (e.code() == ErrorCode.STATE_MOVED || e.code() == ErrorCode.LEASE_LOST) {
        new ChildUndo(context).undoAll();
      }
      throw e;
    }
  }

  /** Whether a plan says which rows go. */
  private boolean planned() {
    boolean partitions = load.rules().replacing().scope() == Replacing.Scope.PARTITION;
    return switch (load.disposition()) {
      case MERGE -> true;
      case REPLACE -> partitions;
      case APPEND, CREATE_IF_MISSING, SKIP -> false;
    };
  }

  /** The table, which somebody else may have made, stays as it is. */
  private CommitResult leftAlone(Optional<TableMetadata> table) {
    new ChildUndo(context).undoAll();
    new UnusedFiles(context).deleteOrWarn();
    TableName name = load.root().schema().name();
    long total = table.map(LiveTables::total).orElse(0L);
    TableOutcome none =
        Counts.NONE.outcome(name, "none", total, OptionalLong.empty(), List.of(), 0);
    return new CommitResult(List.of(none), 0, false, "one-commit");
  }

  private List<Committed> childrenCommittedBefore() {
    List<Committed> children = new ArrayList<>();
    for (StagedTable child : context.besideRoot()) {
      TableName name = child.schema().name();
      context
          .current(name)
          .flatMap(table -> CommittedBefore.find(table, load, name))
          .ifPresent(children::add);
    }
    return children;
  }

  /** The quarantine only grows, whatever becomes of the root. */
  private Committed keepAside(PackageTables tables, StagedTable quarantine) {
    TableRole role = new TableRole.Quarantine(new TableRole.Child(context::rootVersion));
    TableTask.RowPlan rows = (base, transaction, files, name) -> RowChange.Append.of(files);
    return new TableCommit(context, tables.task(quarantine, role, 1, rows)).run();
  }

  private CommitResult addOrReplace(PackageTables tables, Optional<Committed> aside) {
    TableTask.RowPlan rows = (base, transaction, files, name) -> rows(base, files);
    List<Committed> children = new ArrayList<>();
    for (StagedTable child : tables.children()) {
      TableRole role = new TableRole.Child(context::rootVersion);
      children.add(new TableCommit(context, tables.task(child, role, 1, rows)).run());
    }
    TableRole role = rootOf(children, aside);
    Committed root;
    try {
      root = new TableCommit(context, tables.task(tables.root(), role, 1, rows)).run();
    } catch (TableAppeared e) {
      return leftAlone(context.current(load.root().schema().name()));
    }
    if (tables.refitted()) {
      new UnusedFiles(context).deleteOrWarn();
    }
    aside.filter(Committed::changed).ifPresent(children::add);
    return result(root, children);
  }

  private RowChange rows(Optional<TableMetadata> base, List<FittedFile> files) {
    return load.disposition() == WriteDisposition.REPLACE
        ? RowChange.Replace.of(files, base)
        : RowChange.Append.of(files);
  }

  private CommitResult merge(PackageTables tables, Optional<Committed> aside) {
    PackageMerge merge = new PackageMerge(context, tables);
    merge.commitChildren();
    TableRole role = rootOf(merge.children(), aside);
    Committed root =
        new TableCommit(context, tables.task(tables.root(), role, 1, merge::rootRows)).run();
    if (root.outcome().snapshotId().isEmpty()) {
      new NothingCommitted(context.folder()).note();
    }
    new UnusedFiles(context).deleteOrWarn();
    List<Committed> others = new ArrayList<>(merge.children());
    aside.filter(Committed::changed).ifPresent(others::add);
    return result(root, others);
  }

  private static TableRole rootOf(List<Committed> children, Optional<Committed> aside) {
    List<Committed> beside = Stream.concat(children.stream(), aside.stream()).toList();
    return new TableRole.Root(
        existing(children),
        beside.stream().anyMatch(Committed::changed),
        beside.stream().filter(Committed::hasRows).map(each -> each.outcome().table()).toList());
  }

  private static List<TableName> existing(List<Committed> children) {
    return children.stream()
        .filter(Committed::exists)
        .map(child -> child.outcome().table())
        .toList();
  }

  private CommitResult result(Committed root, List<Committed> children) {
    List<TableOutcome> outcomes = new ArrayList<>();
    outcomes.add(root.outcome());
    children.forEach(child -> outcomes.add(child.outcome()));
    String promise = children.isEmpty() ? "one-commit" : "children-first";
    return new CommitResult(outcomes, root.superseded(), root.found(), promise);
  }
}
