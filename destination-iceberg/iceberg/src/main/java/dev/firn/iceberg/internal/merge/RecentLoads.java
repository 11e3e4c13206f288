package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Loads whose rows were not there when the children of a merge were planned: their rows have
 * children of their own, also where they took the place of rows whose children have gone.
 */
final class RecentLoads {
  private RecentLoads() {}

  /** The ids of those that the base has and an earlier snapshot of it had not. */
  static Set<String> since(OptionalLong snapshot, Optional<Table> base) {
    Set<String> loads = new HashSet<>();
    Snapshot now = base.map(Table::currentSnapshot).orElse(null);
    if (base.isEmpty() || now == null || snapshot.isEmpty()) {
      return loads;
    }
    Table table = base.get();
    long then = snapshot.getAsLong();
    if (table.snapshot(then) != null && SnapshotUtil.isAncestorOf(table, now.snapshotId(), then)) {
      for (Snapshot each : SnapshotUtil.ancestorsBetween(now.snapshotId(), then, table::snapshot)) {
        String load = each.summary().get(FirnProperties.LOAD_ID);
        if (load != null) {
          loads.add(load);
        }
      }
    }
    return loads;
  }
}
