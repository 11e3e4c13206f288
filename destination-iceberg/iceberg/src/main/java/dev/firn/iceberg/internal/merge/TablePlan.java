package dev.firn.iceberg.internal.merge;

import dev.firn.schema.TableName;
import java.util.List;

/**
 * What a merge does to one table.
 *
 * @param deletes by file of the base snapshot, only files that lose rows
 * @param staged every staged file of the table, in the order given
 */
public record TablePlan(TableName table, List<TargetDeletes> deletes, List<StagedPlan> staged) {
  public TablePlan {
    deletes = List.copyOf(deletes);
    staged = List.copyOf(staged);
  }

  /** Rows of the base snapshot that die. */
  public long deleted() {
    return deletes.stream().mapToLong(each -> each.positions().count()).sum();
  }

  /** Staged rows that become visible. */
  public long added() {
    return staged.stream().mapToLong(StagedPlan::live).sum();
  }

  /** Whether the rows of the table stay as they are. */
  public boolean nothingToDo() {
    return deletes.isEmpty() && added() == 0;
  }
}
