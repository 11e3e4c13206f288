package dev.firn.internal.normalize;

import dev.firn.batch.BatchSet.Run;
import dev.firn.load.LoadCounts;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of a set that was staged: enough to tell at the end whether it may stay, and
 * to sum up the load.
 *
 * @param groups what its splits were part of, such as files
 * @param cursor the greatest cursor value among its rows
 * @param contract what its rows made of their contract
 */
public record StagedSet(
    long id,
    List<Run> runs,
    Set<String> groups,
    LoadCounts counts,
    List<Table> tables,
    Optional<CursorMark> cursor,
    ContractTally contract) {
  public StagedSet {
    runs = List.copyOf(runs);
    groups = Set.copyOf(groups);
    tables = List.copyOf(tables);
  }

  /** One table's part of a set. */
  record Table(
      String path,
      TableName name,
      int rows,
      boolean withIds,
      boolean hasChildRows,
      List<ColumnPart> columns) {}

  /**
   * One column's part of a set.
   *
   * @param aliases other spellings that were read into it
   * @param type the type of its stored values
   * @param facts what those values said
   */
  record ColumnPart(
      String path,
      Set<String> aliases,
      String name,
      ColumnPlan.Kind kind,
      DataType type,
      int facts,
      int digits) {

    ColumnPart {
      aliases = Set.copyOf(aliases);
    }
  }
}
