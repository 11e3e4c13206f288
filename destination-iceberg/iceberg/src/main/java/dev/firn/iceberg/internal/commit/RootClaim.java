package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final LoadPackage load;
  private final TableName name;

  RootClaim(CommitContext context) {
    this.context = context;
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
    String run = context.fence().lease().orElseThrow().run();
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
    context.fence().require(Optional.empty());
    context.tables().createNamespace(name);
    try {
      return send(
          context
              .tables()
              .create(name, TargetSchema.newTable(load.root().schema(), load.root().location())),
          Optional.empty());
    } catch (AlreadyExistsException e) {
      return new Answer.Conflict(e);
    }
  }

  private Answer send(BaseTransaction transaction, Optional<TableMetadata> base) {
    String held = context.fence().after(false).orElseThrow();
    transaction.updateProperties().set(context.fence().key(), held).commit();
    RowChange none = RowChange.Append.of(List.of());
    Proposal proposal = new Proposal(transaction, base, none, "claim", List.of(), base.isPresent());
    return ConditionalCommit.send(proposal).orElseGet(this::done);
  }

  private Answer done() {
    return new Answer.Done(
        new Committed(
            Counts.NONE.outcome(name, "none", 0, OptionalLong.empty(), List.of(), 0),
            0,
            true,
            false));
  }
}
