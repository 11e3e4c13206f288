package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;

/** What all table commits of one package share. */
record CommitContext(
    Tables tables, LoadPackage load, Fence fence, Path folder, LoadObserver observer, Pause pause) {
  SentCommits sent() {
    return new SentCommits(folder);
  }

  /**
   * The version of the root's state at this moment, for what is committed before the root.
   *
   * @throws dev.firn.error.FirnException {@code LEASE_LOST} when the root is another run's by now
   */
  long rootVersion() {
    Optional<TableMetadata> root = current(load.root().schema().name());
    fence.require(root);
    return root.map(table -> TableRole.stateOf(table, load).version()).orElse(0L);
  }

  /** What the load commits before its root: its child tables and its quarantine. */
  List<StagedTable> besideRoot() {
    List<StagedTable> all = load.allTables();
    return all.subList(1, all.size());
  }

  /** The tables beside the root: those of the load and children that the root has had before. */
  Set<TableName> childNames() {
    return childNames(current(load.root().schema().name()));
  }

  /** As the other one, with the root as it is. */
  Set<TableName> childNames(Optional<TableMetadata> live) {
    Set<TableName> names = new LinkedHashSet<>();
    load.allTables().forEach(table -> names.add(table.schema().name()));
    TableName root = load.root().schema().name();
    live.ifPresent(table -> names.addAll(LiveTables.children(table.properties())));
    names.remove(root);
    return names;
  }

  /**
   * Tables in which loads of the resource may have left rows without their root: its child tables
   * and, where there is no root to name them, those that are named below it and hold a first load.
   */
  Set<TableName> tablesBeside(Optional<TableMetadata> live) {
    Set<TableName> names = childNames(live);
    if (live.isEmpty()) {
      tables.below(load.root().schema().name()).stream()
          .filter(name -> current(name).filter(table -> holdsFirst(name, table)).isPresent())
          .forEach(names::add);
    }
    return names;
  }

  // Tables that were renamed, or are another resource's, may have such names and states too.
  private boolean holdsFirst(TableName name, TableMetadata table) {
    boolean child = table.schema().findField(SystemColumns.PARENT_ID) != null;
    boolean quarantine = name.equals(QuarantineTable.of(load.root().schema().name()));
    return (child || quarantine) && TableRole.stateOf(table, load).version() == 1;
  }

  /** A table's metadata as the catalog holds it now. */
  Optional<TableMetadata> current(TableName name) {
    return tables.load(name).map(table -> table.operations().current());
  }

  /**
   * Whether a commit of this load that was applied is not in what the catalog shows of its table.
   * Clocks of servers differ, so an older time alone says nothing where the load can be seen.
   */
  boolean isBehind(TableName name, TableMetadata shown) {
    return sent().isBaseOfApplied(name, shown)
        || (sent().isOlderThanApplied(name, shown)
            && CommittedBefore.find(shown, load, name).isEmpty());
  }
}
