package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.iceberg.internal.metadata.WantedProperties;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.TableName;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit of one table of a package: one attempt a round. */
final class TableCommit {
  private static final Logger log = LoggerFactory.getLogger(TableCommit.class);
  private static final String NONE = "none";

  private final CommitContext context;
  private final LoadPackage load;
  private final TableTask task;
  private final StagedTable staged;
  private final TableRole role;

  TableCommit(CommitContext context, TableTask task) {
    this.context = context;
    this.load = context.load();
    this.task = task;
    this.staged = task.staged();
    this.role = task.role();
  }

  private TableName name() {
    return task.name();
  }

  private boolean isRoot() {
    return name().equals(load.root().schema().name());
  }

  Committed run() {
    return new CommitLoop(name(), context.pause()).run(this::round);
  }

  private Answer round() {
    return context.tables().change(name()).map(this::change).orElseGet(this::create);
  }

  private Answer change(BaseTransaction transaction) {
    TableMetadata base = transaction.startMetadata();
    Optional<Committed> done = CommittedBefore.find(base, load, task);
    if (done.isPresent()) {
      context.observer().committed(load.loadId(), name());
      return new Answer.Done(done.get());
    }
    if (load.disposition() == WriteDisposition.CREATE_IF_MISSING
        && role instanceof TableRole.Root) {
      throw new TableAppeared();
    }
    SameTable.require(staged, Optional.of(base), load.loadId());
    ResourceState next = role.next(load, name(), TableRole.stateOf(base, load));
    if (isRoot()) {
      context.fence().require(base);
      VersionEnds.require(load, base);
      requireChildren(context.fence().lease().isPresent());
    }
    Proposal proposal = change(transaction, base, next);
    if (!proposal.snapshot() && proposal.next() == base) {
      return new Answer.Done(unchanged(Optional.of(base), proposal.rows()));
    }
    return send(proposal);
  }

  /** A load that no lease keeps apart may have been taken for one that is lost. */
  private void requireChildren(boolean apart) {
    for (TableName child : apart ? List.<TableName>of() : role.committed()) {
      boolean holds =
          context
              .current(child)
              .flatMap(table -> CommittedBefore.find(table, load, child))
              .isPresent();
      if (!holds) {
        throw new ChildrenTakenOut();
      }
    }
  }

  private Proposal change(BaseTransaction transaction, TableMetadata base, ResourceState next) {
    List<String> changes =
        TargetSchema.evolve(transaction, staged.schema()).stream()
            .map(SchemaChange::describe)
            .toList();
    return complete(transaction, Optional.of(base), changes, next);
  }

  private Answer create() {
    SameTable.require(staged, Optional.empty(), load.loadId());
    if (!staged.makesTable() && !role.mustExist()) {
      return new Answer.Done(unchanged(Optional.empty(), RowChange.Append.of(List.of())));
    }
    ResourceState next = role.next(load, name(), ResourceState.NONE);
    if (isRoot()) {
      context.fence().require(Optional.empty());
      requireChildren(false); // no root holds a lease
    }
    context.tables().createNamespace(name());
    try {
      BaseTransaction transaction =
          context
              .tables()
              .create(name(), TargetSchema.newTable(staged.schema(), staged.location()));
      return send(complete(transaction, Optional.empty(), List.of(), next));
    } catch (AlreadyExistsException e) {
      return new Answer.Conflict(e);
    }
  }

  // Rows first, properties after them: the order in which a replay could tell what it meets.
  private Proposal complete(
      BaseTransaction transaction,
      Optional<TableMetadata> base,
      List<String> schemaChanges,
      ResourceState next) {
    Set<String> takenOut =
        base.isEmpty() ? Set.of() : LoadMark.takenOut(baseTable(transaction), load.loadId());
    List<FittedFile> files =
        task.fitting().fit(new FileFitting.Target(transaction.table(), takenOut));
    RowChange rows = task.rows().plan(base, transaction, files, name());
    boolean snapshot = !rows.isEmpty() || role.needsSnapshot(load);
    String operation = base.isEmpty() ? "create" : role.operation(load);
    if (snapshot) {
      String counts = rows.counts().toJson(operation, schemaChanges, rows.filesAdded());
      RowChange change = rows.isEmpty() ? RowChange.Append.of(List.of()) : rows;
      change.apply(transaction, summary(next, counts));
    }
    if (snapshot || base.isEmpty() || !schemaChanges.isEmpty()) {
      setProperties(transaction, snapshot ? Optional.of(next) : Optional.empty());
    }
    return new Proposal(transaction, base, rows, operation, schemaChanges, snapshot);
  }

  private BaseTable baseTable(BaseTransaction transaction) {
    return new BaseTable(transaction.underlyingOps(), name().toString());
  }

  private void setProperties(BaseTransaction transaction, Optional<ResourceState> state) {
    Map<String, String> properties = properties(transaction.table());
    state.ifPresent(
        next -> {
          properties.put(load.stateKey(), next.toJson());
          Fence fence = context.fence();
          fence.after(isRoot()).ifPresent(lease -> properties.put(fence.key(), lease));
        });
    if (!properties.isEmpty()) {
      UpdateProperties update = transaction.updateProperties();
      properties.forEach(update::set);
      update.commit();
    }
  }

  private Map<String, String> properties(Table table) {
    Optional<String> cursor = load.after().cursor().map(CursorState::column);
    Map<String, String> properties =
        new TreeMap<>(
            WantedProperties.changes(
                staged.schema(),
                table.schema(),
                table.properties(),
                role.children(),
                cursor.filter(column -> staged.schema().column(column).isPresent())));
    if (isRoot()) {
      VersionEnds.noted(load, table.schema())
          .ifPresent(id -> properties.put(FirnProperties.VERSION_ENDS, id));
    }
    return properties;
  }

  private Map<String, String> summary(ResourceState next, String counts) {
    Map<String, String> summary = new TreeMap<>();
    summary.put(FirnProperties.LOAD_ID, load.loadId().value());
    summary.put(FirnProperties.PIPELINE, load.pipeline());
    summary.put(FirnProperties.STATE_VERSION, Long.toString(next.version()));
    next.cursor()
        .map(CursorState::value)
        .ifPresent(value -> summary.put(FirnProperties.CURSOR, value));
    summary.put(FirnProperties.COUNTS, counts);
    summary.put(FirnProperties.PLAN, Integer.toString(task.plan()));
    return summary;
  }

  private Answer send(Proposal proposal) {
    context.observer().committing(load.loadId(), name());
    SentCommits sent = context.sent();
    sent.sending(name(), proposal.baseLocation());
    Optional<Answer> refused;
    try {
      refused = ConditionalCommit.send(proposal);
    } catch (RuntimeException e) {
      sent.refused(name());
      throw e;
    }
    if (refused.isPresent()) {
      if (!(refused.get() instanceof Answer.Unknown)) {
        sent.refused(name());
      }
      return refused.get();
    }
    sent.applied(name(), proposal.next());
    context.observer().committed(load.loadId(), name());
    return new Answer.Done(applied(proposal));
  }

  private Committed applied(Proposal proposal) {
    TableMetadata next = proposal.next();
    Snapshot current = next.currentSnapshot();
    OptionalLong snapshot =
        proposal.snapshot() && current != null
            ? OptionalLong.of(current.snapshotId())
            : OptionalLong.empty();
    RowChange rows = proposal.rows();
    log.info(
        "Committed {}: {} in {} files, snapshot {}",
        name(),
        rows.counts(),
        rows.filesAdded(),
        snapshot);
    return new Committed(
        rows.counts()
            .outcome(
                name(),
                proposal.operation(),
                LiveTables.total(next),
                snapshot,
                proposal.schemaChanges(),
                rows.filesAdded()),
        rows.counts().superseded(),
        true,
        false);
  }

  private Committed unchanged(Optional<TableMetadata> base, RowChange rows) {
    long total = base.map(LiveTables::total).orElse(0L);
    return new Committed(
        rows.counts().outcome(name(), NONE, total, OptionalLong.empty(), List.of(), 0),
        rows.counts().superseded(),
        base.isPresent(),
        false);
  }
}
