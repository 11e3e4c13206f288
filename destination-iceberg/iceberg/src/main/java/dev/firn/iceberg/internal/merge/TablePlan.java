package dev.firn.iceberg.internal.merge;

import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a merge does to one table.
 *
 * @param deletes by file of the base snapshot, only files that lose rows
 * @param staged every staged file of the table, in the order given
 * @param closing what deleted rows are written again with; empty: they are gone
 */
public record TablePlan(
    TableName table,
    List<TargetDeletes> deletes,
    List<StagedPlan> staged,
    Optional<Closing> closing) {
  /**
   * Deleted rows are written again with another value.
   *
   * @param column of timestamps
   * @param micros since 1970, UTC
   */
  public record Closing(String column, long micros) {}

  /** A plan whose deleted rows are gone. */
  public TablePlan(TableName table, List<TargetDeletes> deletes, List<StagedPlan> staged) {
    this(table, deletes, staged, Optional.empty());
  }

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
