package dev.firn.schema;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a table is: its columns in order, its key and its partitioning, and how it is kept.
 *
 * @param key names of the key columns, empty without a key
 * @param settings what is said of a table that is wanted; of a live table, what it has
 * @param edits what is to become of columns that the table has already
 * @param additions which columns the table may get
 */
public record TableSchema(
    TableName name,
    List<Column> columns,
    List<String> key,
    List<PartitionField> partitionBy,
    TableSettings settings,
    ColumnEdits edits,
    Additions additions) {
  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
  }

  /** A schema of which no settings are said, and no edits. */
  public TableSchema(
      TableName name, List<Column> columns, List<String> key, List<PartitionField> partitionBy) {
    this(name, columns, key, partitionBy, TableSettings.NONE, ColumnEdits.NONE, Additions.ANY);
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
    return new TableSchema(name, others, key, partitionBy, settings, edits, additions);
  }

  /** This schema with another name for a column of its key, its partitioning or its settings. */
  TableSchema renamed(String from, String to) {
    UnaryOperator<String> names = column -> column.equals(from) ? to : column;
    return new TableSchema(
        name,
        columns,
        key.stream().map(names).toList(),
        partitionBy.stream()
            .map(
                field ->
                    new PartitionField(
                        names.apply(field.column()), field.transform(), field.width()))
            .toList(),
        settings.named(names),
        edits,
        additions);
  }

  TableSchema withKey(List<String> others) {
    return new TableSchema(name, columns, others, partitionBy, settings, edits, additions);
  }

  public TableSchema withPartitionBy(List<PartitionField> others) {
    return new TableSchema(name, columns, key, others, settings, edits, additions);
  }

  public TableSchema withSettings(TableSettings others) {
    return new TableSchema(name, columns, key, partitionBy, others, edits, additions);
  }

  public TableSchema withEdits(ColumnEdits others) {
    return new TableSchema(name, columns, key, partitionBy, settings, others, additions);
  }

  public TableSchema withAdditions(Additions others) {
    return new TableSchema(name, columns, key, partitionBy, settings, edits, others);
  }
}
