package dev.firn.iceberg.internal.metadata;

import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;

/** The properties that Firn sets on tables. */
public final class TableSettings {
  private static final Set<String> IDS =
      Set.of(
          SystemColumns.LOAD_ID, SystemColumns.ID, SystemColumns.PARENT_ID, SystemColumns.ROOT_ID);

  private TableSettings() {}

  /** Properties of a table from its creation on. */
  static Map<String, String> forNew(TableSchema table) {
    Map<String, String> properties = new TreeMap<>(metrics(table));
    properties.put(TableProperties.FORMAT_VERSION, "2");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    return properties;
  }

  // Whole bounds for the columns that a merge looks rows up by; the default cuts text at 16
  // letters.
  private static Map<String, String> metrics(TableSchema table) {
    Map<String, String> properties = new TreeMap<>();
    Set<String> columns = new LinkedHashSet<>(table.key());
    table.columns().stream()
        .map(column -> column.name())
        .filter(IDS::contains)
        .forEach(columns::add);
    columns.forEach(column -> properties.putAll(wholeBounds(column)));
    return properties;
  }

  private static Map<String, String> wholeBounds(String column) {
    return Map.of(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column, "full");
  }

  /**
   * Properties that must change for a table to be the target's, given those it has.
   *
   * @param children child tables that a load brings for a root; none for others
   * @param cursor the column of the table that the resource's cursor follows
   */
  public static Map<String, String> changes(
      TableSchema target,
      Schema schema,
      Map<String, String> now,
      Collection<TableName> children,
      Optional<String> cursor) {
    Map<String, String> wanted = new TreeMap<>(metrics(target));
    cursor.ifPresent(column -> wanted.putAll(wholeBounds(column)));
    ColumnNotes noted = ColumnNotes.parse(now.getOrDefault(FirnProperties.COLUMNS, "{}"));
    ColumnNotes notes = noted.with(ColumnNotes.of(target, schema));
    if (!notes.equals(noted)) {
      wanted.put(FirnProperties.COLUMNS, notes.toJson());
    }
    Set<TableName> all = new LinkedHashSet<>(LiveTables.children(now));
    if (all.addAll(children)) {
      wanted.put(FirnProperties.CHILDREN, LiveTables.childrenJson(all));
    }
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(now.get(entry.getKey())));
    return wanted;
  }
}
