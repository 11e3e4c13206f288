package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.List;
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
    if (snapshot.isEmpty()
        && !TableRole.stateOf(table, load).loadId().equals(load.loadId().value())) {
      return Optional.empty();
    }
    String counts =
        snapshot.map(each -> each.summary().getOrDefault(FirnProperties.COUNTS, "{}")).orElse("{}");
    OptionalLong id =
        snapshot.map(each -> OptionalLong.of(each.snapshotId())).orElse(OptionalLong.empty());
    Counts.Reported reported = Counts.parse(name, counts, LiveTables.total(table), id);
    return Optional.of(
        new Committed(reported.outcome(), reported.superseded(), true, true, List.of()));
  }
}
