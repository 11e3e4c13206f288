package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.stage.StagedFiles;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a package that no snapshot names. Those of a table to which a commit may still
 * arrive are never deleted.
 */
final class UnusedFiles {
  private static final Logger log = LoggerFactory.getLogger(UnusedFiles.class);

  private final CommitContext context;
  private final LoadPackage load;

  UnusedFiles(CommitContext context) {
    this.context = context;
    this.load = context.load();
  }

  /** Deletes them, after a load that is complete: what goes wrong here does it no harm. */
  void deleteOrWarn() {
    try {
      delete();
    } catch (RuntimeException e) {
      log.warn("Files of load {} that no table needs are left: {}", load.loadId(), e.getMessage());
    }
  }

  void delete() {
    List<StagedFilesJournal.Entry> files = StagedFilesJournal.read(context.folder());
    Set<TableName> tables =
        files.stream().map(StagedFilesJournal.Entry::table).collect(Collectors.toSet());
    Set<TableName> uncertain = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (TableName name : tables) {
      Optional<BaseTable> table = context.tables().load(name);
      if (isUncertain(name, table.map(each -> each.operations().current()))) {
        log.warn(
            "Keeping the files of load {} for {}: a commit may still arrive, or is not shown yet",
            load.loadId(),
            name);
        uncertain.add(name);
      }
      table.ifPresent(each -> named(name, each).forEach(path -> named.add(plain(path))));
    }
    new StagedFiles(context.tables())
        .delete(
            context.folder(),
            file -> !uncertain.contains(file.table()) && !named.contains(plain(file.path())));
  }

  /** Whether a commit of the load may arrive, or has arrived and is not in what is shown. */
  private boolean isUncertain(TableName name, Optional<TableMetadata> shown) {
    SentCommits sent = context.sent();
    String base = shown.map(TableMetadata::metadataFileLocation).orElse("");
    return sent.mayArrive(name, base)
        || shown.map(table -> context.isBehind(name, table)).orElseGet(() -> sent.wasApplied(name));
  }

  // A storage may name a file otherwise than it was asked to: Hadoop's makes file:/a of file:///a.
  private static String plain(String location) {
    return location.replaceAll("/+", "/");
  }

  // Of all snapshots: one that was undone still names its files, until it expires.
  private Set<String> named(TableName name, BaseTable table) {
    List<Snapshot> ours = LoadMark.everywhere(table.operations().current(), load.loadId());
    // Of more commits than there are snapshots one may have expired, whose files live on.
    boolean allKnown = context.sent().count(name) <= ours.size();
    Set<String> paths = allKnown ? new HashSet<>() : LiveFiles.paths(table);
    for (Snapshot snapshot : ours) {
      SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
      changes.addedDataFiles().forEach(file -> paths.add(file.location()));
      changes.addedDeleteFiles().forEach(file -> paths.add(file.location()));
    }
    return paths;
  }
}
