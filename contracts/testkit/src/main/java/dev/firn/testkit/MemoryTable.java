package dev.firn.testkit;

import dev.firn.destination.LiveTable;
import dev.firn.destination.SnapshotInfo;
import dev.firn.schema.Column;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A committed table: its schema, its rows and its properties. */
final class MemoryTable {
  TableSchema schema;
  final String uuid;
  final Map<String, String> properties = new HashMap<>();
  final List<TableName> children = new ArrayList<>();
  final List<SnapshotInfo> history = new ArrayList<>();
  List<Map<String, Object>> rows = new ArrayList<>();

  MemoryTable(TableSchema schema, String uuid) {
    this.schema = schema;
    this.uuid = uuid;
  }

  LiveTable live() {
    OptionalLong snapshot =
        history.isEmpty() ? OptionalLong.empty() : OptionalLong.of(history.get(0).id());
    return new LiveTable(
        schema,
        uuid,
        "memory:" + schema.name(),
        properties,
        children,
        snapshot,
        OptionalLong.of(rows.size()));
  }

  /** A row's key, numbers alike whatever their type. */
  List<Object> key(Map<String, Object> row, List<String> columns) {
    List<Object> key = new ArrayList<>();
    for (String column : columns) {
      Object value = row.get(column);
      if (value == null) {
        throw new AssertionError(schema.name() + ": a key is null in " + row);
      }
      boolean whole = value instanceof Long || value instanceof BigDecimal;
      key.add(whole ? new BigDecimal(value.toString()) : value);
    }
    return key;
  }

  /** Takes out the rows that belong to any of these parents; their own ids. */
  Set<Object> removeChildrenOf(Set<Object> parents) {
    Set<Object> removed = new HashSet<>();
    rows.removeIf(
        row -> {
          boolean orphan = parents.contains(row.get(SystemColumns.PARENT_ID));
          if (orphan && row.containsKey(SystemColumns.ID)) {
            removed.add(row.get(SystemColumns.ID));
          }
          return orphan;
        });
    return removed;
  }

  /** Fails unless every row has its required values, and ids are there once each. */
  void check() {
    Set<Object> ids = new HashSet<>();
    for (Map<String, Object> row : rows) {
      for (Column column : schema.columns()) {
        if (column.required() && !row.containsKey(column.name())) {
          throw new AssertionError(schema.name() + ": " + column.name() + " is null in " + row);
        }
      }
      Object id = row.get(SystemColumns.ID);
      if (id != null && !ids.add(id)) {
        throw new AssertionError(schema.name() + ": the id " + id + " is there twice");
      }
    }
  }
}
