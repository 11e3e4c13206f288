package dev.firn.iceberg.internal.metadata;

import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/** The properties that Firn sets on tables. */
public final class WantedProperties {
  private static final Set<String> IDS =
      Set.of(
          SystemColumns.LOAD_ID, SystemColumns.ID, SystemColumns.PARENT_ID, SystemColumns.ROOT_ID);

  private static final String BLOOM = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;

  private WantedProperties() {}

  /** Properties of a table from its creation on. */
  static Map<String, String> forNew(TableSchema table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(TableProperties.FORMAT_VERSION, "2");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    properties.putAll(metrics(table));
    properties.putAll(said(table.settings()));
    return properties;
  }

  /** Settings in Iceberg's words. */
  private static Map<String, String> said(TableSettings settings) {
    Map<String, String> said = new TreeMap<>(settings.properties());
    if (settings.formatVersion() != 0) {
      said.put(TableProperties.FORMAT_VERSION, Integer.toString(settings.formatVersion()));
    }
    if (settings.targetFileSize() != 0) {
      said.put(
          TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Long.toString(settings.targetFileSize()));
    }
    for (String column : settings.bloomFilters()) {
      said.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column, "true");
    }
    settings
        .metrics()
        .forEach(
            (column, mode) ->
                said.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column, mode));
    return said;
  }

  /** What a live table's properties and metadata say, the other way round. */
  static TableSettings settings(TableMetadata metadata) {
    List<String> bloomFilters = new ArrayList<>();
    Map<String, String> metrics = new TreeMap<>();
    Map<String, String> others = new TreeMap<>();
    metadata
        .properties()
        .forEach(
            (key, value) -> {
              if (key.startsWith(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX)) {
                metrics.put(
                    key.substring(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX.length()), value);
              } else if (key.startsWith(BLOOM)) {
                if (Boolean.parseBoolean(value)) {
                  bloomFilters.add(key.substring(BLOOM.length()));
                }
              } else if (!key.startsWith(FirnProperties.PREFIX)) {
                others.put(key, value);
              }
            });
    long size = metadata.propertyAsLong(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, 0);
    return new TableSettings(
        metadata.formatVersion(),
        SortOrders.fields(metadata.schema(), metadata.sortOrder()),
        size,
        bloomFilters,
        metrics,
        others);
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
    wanted.putAll(said(target.settings()));
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
