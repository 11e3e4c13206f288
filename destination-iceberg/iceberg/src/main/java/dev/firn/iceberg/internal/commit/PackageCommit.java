package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;

/**
 * Phase 2 of one package: its children first, the root last. The load is complete exactly when the
 * root holds its id.
 */
public final class PackageCommit {
  private final CommitContext context;
  private final LoadPackage load;

  public PackageCommit(
      Tables tables, LoadPackage load, Path folder, LoadObserver observer, Pause pause) {
    this.context = new CommitContext(tables, load, folder, observer, pause);
    this.load = load;
  }

  public CommitResult run() {
    TableName root = load.root().schema().name();
    Optional<TableMetadata> live = current(root);
    Optional<Committed> done = live.flatMap(table -> CommittedBefore.find(table, load, root));
    if (done.isPresent()) {
      return result(done.get(), childrenCommittedBefore());
    }
    ResourceState state =
        live.map(table -> TableRole.stateOf(table, load)).orElse(ResourceState.NONE);
    try {
      new TableRole.Root(List.of(), false).next(load, root, state);
      List<Committed> children = commitChildren(live, state.version());
      Committed committed = commitRoot(children);
      return result(committed, children);
    } catch (FirnException e) {
      if (e.code() == ErrorCode.STATE_MOVED) {
        new ChildUndo(context).undoAll();
      }
      throw e;
    }
  }

  private Optional<TableMetadata> current(TableName name) {
    return context.tables().load(name).map(BaseTable::operations).map(ops -> ops.current());
  }

  private List<Committed> childrenCommittedBefore() {
    List<Committed> children = new ArrayList<>();
    for (StagedTable child : load.tables().subList(1, load.tables().size())) {
      TableName name = child.schema().name();
      current(name)
          .flatMap(table -> CommittedBefore.find(table, load, name))
          .ifPresent(children::add);
    }
    return children;
  }

  private List<Committed> commitChildren(Optional<TableMetadata> root, long rootVersion) {
    List<Committed> children = new ArrayList<>();
    for (StagedTable child : childTables(root)) {
      TableRole role = new TableRole.Child(rootVersion);
      children.add(new TableCommit(context, child, role, this::rows).run());
    }
    return children;
  }

  /** The load's child tables, and for a replacement those that the load does not bring. */
  private List<StagedTable> childTables(Optional<TableMetadata> root) {
    List<StagedTable> children = new ArrayList<>(load.tables().subList(1, load.tables().size()));
    if (load.disposition() == WriteDisposition.REPLACE && root.isPresent()) {
      for (TableName name : LiveTables.children(root.get().properties())) {
        if (children.stream().noneMatch(child -> child.schema().name().equals(name))) {
          current(name)
              .map(
                  table ->
                      new StagedTable(
                          LiveTables.schema(name, table),
                          table.uuid(),
                          table.location(),
                          List.of()))
              .ifPresent(children::add);
        }
      }
    }
    return children;
  }

  private Committed commitRoot(List<Committed> children) {
    List<TableName> names =
        children.stream().filter(Committed::exists).map(child -> child.outcome().table()).toList();
    boolean waiting = children.stream().anyMatch(Committed::changed);
    return new TableCommit(context, load.root(), new TableRole.Root(names, waiting), this::rows)
        .run();
  }

  private RowChange rows(
      Optional<TableMetadata> base,
      org.apache.iceberg.BaseTransaction transaction,
      List<FittedFile> files) {
    return switch (load.disposition()) {
      case APPEND -> RowChange.Append.of(files);
      case REPLACE -> RowChange.Replace.of(files, base.map(LiveTables::total).orElse(0L));
      case MERGE -> throw new FirnException(ErrorCode.BUG, "merge is not wired yet", "");
    };
  }

  private CommitResult result(Committed root, List<Committed> children) {
    List<TableOutcome> outcomes = new ArrayList<>();
    outcomes.add(root.outcome());
    children.forEach(child -> outcomes.add(child.outcome()));
    String promise = children.isEmpty() ? "one-commit" : "children-first";
    return new CommitResult(outcomes, root.superseded(), root.found(), promise);
  }
}
