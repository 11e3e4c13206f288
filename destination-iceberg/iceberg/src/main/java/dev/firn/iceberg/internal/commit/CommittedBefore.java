package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** Looks a load up in a table, before anything is sent to it. */
final class CommittedBefore {
  private CommittedBefore() {}

  /**
   * What an earlier attempt did, if it was applied. Summaries expire with their snapshots; the
   * state's load id covers the newest load without them.
   */
  static Optional<Committed> find(TableMetadata table, LoadPackage load, TableName name) {
    Optional<Snapshot> snapshot = LoadMark.find(table, load.loadId());
    boolean inState = TableRole.stateOf(table, load).loadId().equals(load.loadId().value());
    return snapshot.isPresent() || inState
        ? Optional.of(committed(table, name, snapshot))
        : Optional.empty();
  }

  /** As the other one; a task that follows a later plan is done by a snapshot of that plan only. */
  static Optional<Committed> find(TableMetadata table, LoadPackage load, TableTask task) {
    if (task.plan() == 1) {
      return find(table, load, task.name());
    }
    String plan = Integer.toString(task.plan());
    return LoadMark.all(table, load.loadId()).stream()
        .filter(snapshot -> plan.equals(snapshot.summary().get(FirnProperties.PLAN)))
        .findFirst()
        .map(snapshot -> committed(table, task.name(), Optional.of(snapshot)));
  }

  private static Committed committed(
      TableMetadata table, TableName name, Optional<Snapshot> snapshot) {
    String counts =
        snapshot.map(each -> each.summary().getOrDefault(FirnProperties.COUNTS, "{}")).orElse("{}");
    OptionalLong id =
        snapshot.map(each -> OptionalLong.of(each.snapshotId())).orElse(OptionalLong.empty());
    Counts.Reported reported = Counts.parse(name, counts, LiveTables.total(table), id);
    return new Committed(reported.outcome(), reported.superseded(), true, true);
  }
}
