package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.merge.Outcomes;
import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** Looks a load up in a table, before anything is sent to it. */
final class CommittedBefore {
  private CommittedBefore() {}

  /**
   * What an earlier attempt did, if it was applied. Summaries expire with their snapshots; the
   * state's load id covers the newest load without them. A table that was rolled back by hand holds
   * the state of what it has lost.
   */
  static Optional<Committed> find(TableMetadata table, LoadPackage load, TableName name) {
    Optional<Snapshot> snapshot = LoadMark.find(table, load.loadId());
    return snapshot.isPresent() || inState(table, load)
        ? Optional.of(committed(table, name, snapshot))
        : Optional.empty();
  }

  private static boolean inState(TableMetadata table, LoadPackage load) {
    return TableRole.stateOf(table, load).loadId().equals(load.loadId().value())
        && !LoadMark.rolledBack(table, load.loadId());
  }

  /**
   * The outcomes that a merge's child was last committed with, if it was.
   *
   * @throws FirnException {@code COMMIT_CONFLICT} when that cannot be told any more
   */
  static Optional<Outcomes> outcomes(
      TableMetadata table, LoadPackage load, TableName name, StoredOutcomes stored) {
    Optional<Snapshot> newest = LoadMark.find(table, load.loadId());
    if (newest.isEmpty() && !inState(table, load)) {
      return Optional.empty();
    }
    Optional<Outcomes> with =
        newest.isEmpty()
            ? stored.only()
            : Optional.ofNullable(newest.get().summary().get(FirnProperties.PLAN))
                .flatMap(plan -> stored.of(Integer.parseInt(plan)));
    if (with.isEmpty()) {
      throw new FirnException(
          ErrorCode.COMMIT_CONFLICT,
          "Table %s holds rows of load %s, but which ones cannot be told any more."
              .formatted(name, load.loadId()),
          "Roll the table back to before that load, then run again.");
    }
    return with;
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

  /**
   * Looks for the package's files in its root, where the load's snapshot may have expired and its
   * state been followed by others. Only a package that was ever sent can be there.
   */
  static Optional<Committed> findFiles(CommitContext context) {
    TableName root = context.load().root().schema().name();
    if (context.sent().count(root) == 0) {
      return Optional.empty();
    }
    return context
        .tables()
        .load(root)
        .filter(table -> holdsFiles(table, root, context))
        .map(table -> committed(table.operations().current(), root, Optional.empty()));
  }

  private static boolean holdsFiles(BaseTable table, TableName name, CommitContext context) {
    Set<String> live = LiveFiles.paths(table);
    return StagedFilesJournal.read(context.folder()).stream()
        .anyMatch(file -> file.table().equals(name) && live.contains(file.path()));
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
