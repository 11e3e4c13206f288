package dev.firn.destination;

import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.Lease;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table as the catalog holds it now.
 *
 * @param schema with the source paths that Firn stored for its columns; key = identifier fields
 * @param columnIds what tells a column from an earlier one of its name, by name; empty where
 *     columns have no such thing
 * @param children the child tables that Firn made for it, at any depth
 * @param rows live rows, from the snapshot's summary
 */
public record LiveTable(
    TableSchema schema,
    Map<String, Integer> columnIds,
    String uuid,
    String location,
    Map<String, String> properties,
    List<TableName> children,
    OptionalLong snapshotId,
    OptionalLong rows) {
  public LiveTable {
    columnIds = Map.copyOf(columnIds);
    properties = Map.copyOf(properties);
    children = List.copyOf(children);
  }

  /** A table whose columns are known by their names alone. */
  public LiveTable(
      TableSchema schema,
      String uuid,
      String location,
      Map<String, String> properties,
      List<TableName> children,
      OptionalLong snapshotId,
      OptionalLong rows) {
    this(schema, Map.of(), uuid, location, properties, children, snapshotId, rows);
  }

  /** The lease that this table holds for a pipeline; {@link Lease#NONE} before its first run. */
  public Lease lease(String pipeline) {
    return Optional.ofNullable(properties.get(Lease.key(pipeline)))
        .map(Lease::parse)
        .orElse(Lease.NONE);
  }

  /** The state of a resource, when this table holds one. */
  public Optional<ResourceState> state(String pipeline, String resource) {
    return Optional.ofNullable(properties.get(ResourceState.key(pipeline, resource)))
        .map(ResourceState::parse);
  }
}
