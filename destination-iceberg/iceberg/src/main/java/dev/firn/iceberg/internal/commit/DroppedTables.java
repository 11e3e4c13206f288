package dev.firn.iceberg.internal.commit;

import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;

/**
 * Drops the tables that a load makes anew: the children first, so that a run that is stopped in
 * between still finds them by their root. Tables that this load has made already stay.
 */
final class DroppedTables {
  private final CommitContext context;

  DroppedTables(CommitContext context) {
    this.context = context;
  }

  void drop() {
    TableName root = context.load().root().schema().name();
    Set<TableName> names = new LinkedHashSet<>(context.childNames());
    names.add(root);
    for (TableName name : names) {
      Optional<TableMetadata> live = context.current(name);
      if (live.isPresent() && !isOurs(live.get(), name)) {
        context.tables().drop(name);
      }
    }
  }

  private boolean isOurs(TableMetadata table, TableName name) {
    LoadPackage load = context.load();
    return CommittedBefore.find(table, load, name).isPresent()
        || !LoadMark.everywhere(table, load.loadId()).isEmpty(); // it was taken out meanwhile
  }
}
