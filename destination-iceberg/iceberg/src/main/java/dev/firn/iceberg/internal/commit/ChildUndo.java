package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.merge.UndoPlan;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the child commits of a load that will never be complete out again. */
final class ChildUndo {
  private static final Logger log = LoggerFactory.getLogger(ChildUndo.class);

  private static final String ONCE_EXPIRED =
      "Run the pipeline where the load's package is. If it is lost, load anew: --refresh drop-data.";

  private final CommitContext context;
  private final LoadPackage load;
  private final LoadId undone;
  private final Tables tables;

  /** Undoes the context's own load. */
  ChildUndo(CommitContext context) {
    this(context, context.load().loadId());
  }

  /** Undoes any load of the context's tables. */
  ChildUndo(CommitContext context, LoadId undone) {
    this.context = context;
    this.undone = undone;
    this.load = context.load();
    this.tables = context.tables();
  }

  /**
   * Undoes all of them.
   *
   * @throws FirnException {@code COMMIT_CONFLICT} when a table cannot be brought back, naming the
   *     load
   */
  void undoAll() {
    undoIn(context.childNames());
  }

  /** As {@link #undoAll}, in these tables. */
  void undoIn(Set<TableName> children) {
    for (TableName name : children) {
      new CommitLoop(name, context.pause()).run(() -> round(name));
    }
  }

  private Answer round(TableName name) {
    return tables
        .change(name)
        .map(transaction -> round(name, transaction))
        .orElseGet(() -> new Answer.Done(Committed.nothing(name, false)));
  }

  private Answer round(TableName name, BaseTransaction transaction) {
    TableMetadata base = transaction.startMetadata();
    List<Snapshot> ours = LoadMark.all(base, undone);
    if (ours.isEmpty() && !isAhead(base)) {
      return new Answer.Done(Committed.nothing(name, true));
    } else if (ours.isEmpty()) {
      requireNoRows(base, name);
    }
    takeOut(new BaseTable(transaction.underlyingOps(), name.toString()), transaction, ours);
    if (isAhead(base)) {
      restoreState(transaction);
    }
    log.warn("Taking load {} out of {}: it will not be completed", undone, name);
    Proposal proposal =
        new Proposal(
            transaction,
            Optional.of(base),
            RowChange.Append.of(List.of()),
            "undo",
            List.of(),
            true);
    return ConditionalCommit.send(proposal)
        .orElseGet(() -> new Answer.Done(Committed.nothing(name, true)));
  }

  private boolean isAhead(TableMetadata table) {
    return TableRole.stateOf(table, load).loadId().equals(undone.value());
  }

  // The state is the load's and its snapshot is not: either somebody rolled the table back by hand,
  // or the snapshot has expired, and what it added cannot be told any more.
  private void requireNoRows(TableMetadata table, TableName name) {
    if (!LoadMark.rolledBack(table, undone) && !LoadMark.historyIsWhole(table)) {
      throw new FirnException(
          ErrorCode.COMMIT_CONFLICT,
          "Table %s: the unfinished load %s cannot be taken out, its snapshot has expired."
              .formatted(name, undone),
          ONCE_EXPIRED);
    }
  }

  private void takeOut(BaseTable table, BaseTransaction transaction, List<Snapshot> ours) {
    if (ours.isEmpty()) {
      return;
    }
    TableMetadata base = transaction.startMetadata();
    Snapshot first = ours.get(ours.size() - 1);
    Long before = first.parentId();
    if (before != null && base.snapshot(before) != null && onlyOursSince(base, first, ours)) {
      transaction.manageSnapshots().rollbackTo(before).commit();
    } else if (ours.stream().allMatch(snapshot -> isWhole(table, base, snapshot))) {
      ours.forEach(snapshot -> takeOut(table, transaction, snapshot));
    } else {
      takeOutRows(table, transaction, ours);
    }
  }

  /** Whether it is undone by taking out the files that it added. */
  private static boolean isWhole(BaseTable table, TableMetadata base, Snapshot snapshot) {
    SnapshotChanges ours = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    boolean deletes = ours.addedDeleteFiles().iterator().hasNext();
    return !ours.removedDataFiles().iterator().hasNext()
        && canReturn(list(ours.removedDeleteFiles()), base)
        && allLive(table, ours)
        && (!deletes || onlyAppendsSince(base, snapshot));
  }

  // Who rewrites a file carries out the deletes in it, also those of a delete file that others
  // need.
  private static boolean onlyAppendsSince(TableMetadata table, Snapshot ours) {
    Snapshot at = table.currentSnapshot();
    while (at != null && at.snapshotId() != ours.snapshotId()) {
      if (!DataOperations.APPEND.equals(at.operation())) {
        return false;
      }
      at = at.parentId() == null ? null : table.snapshot(at.parentId());
    }
    return true;
  }

  // Copies were made, or others have moved what the load brought.
  private void takeOutRows(BaseTable table, BaseTransaction transaction, List<Snapshot> ours) {
    TableMetadata base = transaction.startMetadata();
    TableName name = TableName.parse(table.name());
    for (Snapshot each : ours) {
      if (each.parentId() != null && base.snapshot(each.parentId()) == null) {
        throw new FirnException(
            ErrorCode.COMMIT_CONFLICT,
            "Table %s: the unfinished load %s cannot be taken out, other writers have built on it and the snapshot before it has expired."
                .formatted(name, undone),
            ONCE_EXPIRED);
      }
    }
    UndoPlan plan = UndoPlan.of(name, table, ours);
    OptionalLong scanned = OptionalLong.of(base.currentSnapshot().snapshotId());
    new MergeFiles(undone, context.folder(), transaction.table(), load.rules())
        .undo(name, plan, scanned)
        .apply(transaction, Map.of(LoadMark.UNDONE, undone.value()));
  }

  private static boolean onlyOursSince(TableMetadata table, Snapshot first, List<Snapshot> ours) {
    Snapshot at = table.currentSnapshot();
    while (at != null && ours.contains(at)) {
      if (at.snapshotId() == first.snapshotId()) {
        return true;
      }
      at = at.parentId() == null ? null : table.snapshot(at.parentId());
    }
    return false;
  }

  // Others have committed since: what the load added is taken out of what there is now.
  private void takeOut(BaseTable table, BaseTransaction transaction, Snapshot snapshot) {
    SnapshotChanges ours = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    List<DeleteFile> replaced = list(ours.removedDeleteFiles());
    Map<String, String> summary = Map.of(LoadMark.UNDONE, undone.value());
    DeleteFiles rows = transaction.newDelete().validateFilesExist();
    ours.addedDataFiles().forEach(rows::deleteFile);
    RowChange.commit(rows, summary);
    List<DeleteFile> added = list(ours.addedDeleteFiles());
    if (!added.isEmpty()) {
      long base = transaction.startMetadata().currentSnapshot().snapshotId();
      RowDelta deletes = transaction.newRowDelta().validateFromSnapshot(base);
      added.forEach(deletes::removeDeletes);
      replaced.forEach(deletes::addDeletes);
      RowChange.commit(deletes, summary);
    }
  }

  // Format version 3 takes deletion vectors only.
  private static boolean canReturn(List<DeleteFile> replaced, TableMetadata table) {
    return table.formatVersion() < 3
        || replaced.stream().allMatch(file -> file.format() == FileFormat.PUFFIN);
  }

  private static boolean allLive(BaseTable table, SnapshotChanges ours) {
    Set<String> live = LiveFiles.paths(table);
    return Stream.concat(
            list(ours.addedDataFiles()).stream(), list(ours.addedDeleteFiles()).stream())
        .map(ContentFile::location)
        .allMatch(live::contains);
  }

  private static <T> List<T> list(Iterable<T> files) {
    List<T> all = new ArrayList<>();
    files.forEach(all::add);
    return all;
  }

  // The child goes on from where its root is.
  private void restoreState(BaseTransaction transaction) {
    Optional<String> state =
        tables
            .load(load.root().schema().name())
            .map(root -> root.properties().get(load.stateKey()));
    UpdateProperties update = transaction.updateProperties();
    state.ifPresentOrElse(
        json -> update.set(load.stateKey(), json), () -> update.remove(load.stateKey()));
    update.commit();
  }
}
