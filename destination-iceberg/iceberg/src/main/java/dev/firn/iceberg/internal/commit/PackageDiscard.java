package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.stage.StagedFiles;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up a package: its child commits are undone, its files deleted where nothing knows them. */
public final class PackageDiscard {
  private static final Logger log = LoggerFactory.getLogger(PackageDiscard.class);

  private final CommitContext context;
  private final LoadPackage load;
  private final Path folder;

  public PackageDiscard(Tables tables, LoadPackage load, Path folder, Pause pause) {
    this.context = new CommitContext(tables, load, folder, LoadObserver.NONE, pause);
    this.load = load;
    this.folder = folder;
  }

  public void run() {
    TableName root = load.root().schema().name();
    Optional<TableMetadata> live = current(root);
    if (live.flatMap(table -> CommittedBefore.find(table, load, root)).isPresent()) {
      return; // it is complete: its files are the tables'
    }
    new ChildUndo(context).undoAll();
    Set<TableName> uncertain = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (StagedTable table : load.tables()) {
      Optional<TableMetadata> now = current(table.schema().name());
      String base = now.map(TableMetadata::metadataFileLocation).orElse("");
      if (context.sent().mayArrive(table.schema().name(), base)) {
        log.warn(
            "Keeping the files of load {} at {}: a commit of them may still arrive",
            load.loadId(),
            table.location());
        uncertain.add(table.schema().name());
      }
      now.ifPresent(metadata -> addKnown(metadata, table.schema().name(), known));
    }
    new StagedFiles(context.tables())
        .delete(folder, file -> !uncertain.contains(file.table()) && !known.contains(file.path()));
  }

  private Optional<TableMetadata> current(TableName name) {
    return context.tables().load(name).map(table -> table.operations().current());
  }

  // Snapshots that were undone still name their files, until they expire.
  private void addKnown(TableMetadata metadata, TableName name, Set<String> paths) {
    Optional<BaseTable> table = context.tables().load(name);
    for (Snapshot snapshot : metadata.snapshots()) {
      if (load.loadId().value().equals(snapshot.summary().get(FirnProperties.LOAD_ID))) {
        var io = table.orElseThrow().io();
        snapshot.addedDataFiles(io).forEach(file -> paths.add(file.location()));
        snapshot.addedDeleteFiles(io).forEach(file -> paths.add(file.location()));
      }
    }
  }
}
