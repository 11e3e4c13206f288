package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.state.Lease;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/**
 * Takes the root from another run before what that one began is undone. It makes an empty snapshot,
 * because some catalogs guard the current snapshot and no property; where there is no root, it
 * makes one without rows. Either makes the other run's commit fail, whenever it arrives.
 */
final class RootClaim {
  private final CommitContext context;
  private final Set<TableName> beside;
  private final LoadPackage load;
  private final TableName name;

  /**
   * @param beside tables that hold unfinished loads; a root that is made names them
   */
  RootClaim(CommitContext context, Set<TableName> beside) {
    this.context = context;
    this.beside = beside;
    this.load = context.load();
    this.name = load.root().schema().name();
  }

  void run() {
    new CommitLoop(name, context.pause()).run(this::round);
  }

  private Answer round() {
    return context.tables().change(name).map(this::take).orElseGet(this::create);
  }

  private Answer take(BaseTransaction transaction) {
    TableMetadata base = transaction.startMetadata();
    context.fence().require(base);
    String run = context.fence().lease().map(Lease::run).orElse(load.loadId().value());
    Snapshot current = base.currentSnapshot();
    if (current != null && run.equals(current.summary().get(FirnProperties.CLAIMED_BY))) {
      return done(); // by an earlier round, or for another child
    }
    Map<String, String> summary = new TreeMap<>();
    summary.put(FirnProperties.PIPELINE, load.pipeline());
    summary.put(FirnProperties.CLAIMED_BY, run);
    RowChange.Append.of(List.of()).apply(transaction, summary);
    return send(transaction, Optional.of(base));
  }

  private Answer create() {
    if (load.disposition() == WriteDisposition.CREATE_IF_MISSING) {
      return done(); // else the load would find its own table there
    }
    context.fence().require(Optional.empty());
    context.tables().createNamespace(name);
    try {
      BaseTransaction transaction =
          context
              .tables()
              .create(name, TargetSchema.newTable(load.root().schema(), load.root().location()));
      Set<TableName> children = new LinkedHashSet<>(beside);
      children.remove(QuarantineTable.of(name));
      transaction
          .updateProperties()
          .set(FirnProperties.CHILDREN, LiveTables.childrenJson(children))
          .commit();
      return send(transaction, Optional.empty());
    } catch (AlreadyExistsException e) {
      return new Answer.Conflict(e);
    }
  }

  private Answer send(BaseTransaction transaction, Optional<TableMetadata> base) {
    context
        .fence()
        .after(false)
        .ifPresent(
            held -> transaction.updateProperties().set(context.fence().key(), held).commit());
    RowChange none = RowChange.Append.of(List.of());
    Proposal proposal = new Proposal(transaction, base, none, "claim", List.of(), base.isPresent());
    return ConditionalCommit.send(proposal).orElseGet(this::done);
  }

  private Answer done() {
    return new Answer.Done(Committed.nothing(name, true));
  }
}
