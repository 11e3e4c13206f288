package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.load.LoadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.TableMetadata;

/** Finds what a load did to a table by the marks that it left in snapshot summaries. */
final class LoadMark {
  /** Summary of a snapshot that takes a load out again: its id. */
  static final String UNDONE = "firn.undone-load";

  private LoadMark() {}

  /** The newest snapshot of a load among the ancestors of main, unless the load was undone. */
  static Optional<Snapshot> find(TableMetadata table, LoadId load) {
    List<Snapshot> all = all(table, load);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** All of them, newest first. */
  static List<Snapshot> all(TableMetadata table, LoadId load) {
    List<Snapshot> found = new ArrayList<>();
    for (Snapshot each : ancestors(table)) {
      if (load.value().equals(each.summary().get(UNDONE))) {
        return found;
      }
      if (isOf(each, load)) {
        found.add(each);
      }
    }
    return found;
  }

  /** Whether the table was set back to before a load that it once held. */
  static boolean rolledBack(TableMetadata table, LoadId load) {
    return find(table, load).isEmpty() && !everywhere(table, load).isEmpty();
  }

  /** Those of all branches, also the ones that were rolled back or undone. */
  static List<Snapshot> everywhere(TableMetadata table, LoadId load) {
    return table.snapshots().stream().filter(each -> isOf(each, load)).toList();
  }

  /**
   * The locations of files that a load has added and that were taken out again. They must not come
   * back under these names: who expires the snapshots that they were taken out of deletes them.
   */
  static Set<String> takenOut(BaseTable table, LoadId load) {
    TableMetadata base = table.operations().current();
    Set<String> locations = new HashSet<>();
    if (all(base, load).isEmpty()) {
      for (Snapshot each : everywhere(base, load)) {
        SnapshotChanges.builderFor(table)
            .snapshot(each)
            .build()
            .addedDataFiles()
            .forEach(file -> locations.add(file.location()));
      }
    }
    return locations;
  }

  private static boolean isOf(Snapshot snapshot, LoadId load) {
    return load.value().equals(snapshot.summary().get(FirnProperties.LOAD_ID));
  }

  /** Whether no snapshot between the current one and the table's first has expired. */
  static boolean historyIsWhole(TableMetadata table) {
    List<Snapshot> ancestors = ancestors(table);
    return ancestors.isEmpty() || ancestors.get(ancestors.size() - 1).parentId() == null;
  }

  // Older ones may be expired: the chain ends where a parent is not known any more.
  private static List<Snapshot> ancestors(TableMetadata table) {
    List<Snapshot> ancestors = new ArrayList<>();
    Snapshot at = table.currentSnapshot();
    while (at != null) {
      ancestors.add(at);
      at = at.parentId() == null ? null : table.snapshot(at.parentId());
    }
    return ancestors;
  }
}
