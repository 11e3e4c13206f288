package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What exists of a resource's tables. */
final class LiveTables {
  private LiveTables() {}

  /**
   * The root and its child tables; empty when there is no root.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the table is a child of another
   */
  static List<LiveTable> of(MetadataService metadata, TableName table) {
    List<LiveTable> live = new ArrayList<>();
    metadata
        .current(table)
        .ifPresent(
            root -> {
              refuseChild(root);
              live.add(root);
              root.children().forEach(child -> metadata.current(child).ifPresent(live::add));
            });
    return live;
  }

  /** Rows without a parent would be orphans, and the next merge of the parent deletes them. */
  private static void refuseChild(LiveTable table) {
    if (QuarantineTable.is(table.schema())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s is a quarantine, so nothing can be loaded into it."
              .formatted(table.schema().name()),
          "Choose another table.");
    }
    boolean child =
        table.schema().columns().stream()
            .anyMatch(column -> column.name().equals(SystemColumns.PARENT_ID));
    if (child) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s holds the child rows of another table, so nothing can be loaded into it."
              .formatted(table.schema().name()),
          "Choose another table; child tables are filled with their root.");
    }
  }

  /** What the resource remembered at its last load. */
  static ResourceState.Slice state(List<LiveTable> live, Task task) {
    ResourceState state =
        live.stream()
            .limit(task.fresh() ? 0 : 1)
            .flatMap(root -> root.state(task.pipeline().name(), task.resource().name()).stream())
            .findFirst()
            .orElse(ResourceState.NONE);
    return task.window()
        .map(load -> state.slice(Windows.span(load.window())))
        .orElseGet(state::slice);
  }

  static Map<TableName, LiveTable> byName(List<LiveTable> tables) {
    Map<TableName, LiveTable> byName = new HashMap<>();
    tables.forEach(table -> byName.put(table.schema().name(), table));
    return byName;
  }
}
