package dev.firn.schema;

import java.util.List;
import java.util.Optional;

/**
 * What a table is: its columns in order, its key and its partitioning.
 *
 * @param key names of the key columns, empty without a key
 */
public record TableSchema(
    TableName name, List<Column> columns, List<String> key, List<PartitionField> partitionBy) {
  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
  }

  /** A schema with neither key nor partitions. */
  public static TableSchema of(TableName name, List<Column> columns) {
    return new TableSchema(name, columns, List.of(), List.of());
  }

  /** The column of exactly this name. */
  public Optional<Column> column(String columnName) {
    for (Column column : columns) {
      if (column.name().equals(columnName)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  public TableSchema withColumns(List<Column> others) {
    return new TableSchema(name, others, key, partitionBy);
  }
}
