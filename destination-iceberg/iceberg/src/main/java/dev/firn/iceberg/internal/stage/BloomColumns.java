package dev.firn.iceberg.internal.stage;

import dev.firn.schema.SystemColumns;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableProperties;

/** Columns whose row groups get a bloom filter. */
public final class BloomColumns {
  private BloomColumns() {}

  /** Columns that a table's properties ask it for. */
  static Set<String> asked(Map<String, String> properties) {
    String prefix = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
    Set<String> columns = new HashSet<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && Boolean.parseBoolean(value)) {
            columns.add(key.substring(prefix.length()));
          }
        });
    return columns;
  }

  /** Those that a table's properties ask for, and the one by which a merge looks child rows up. */
  public static Set<String> of(Map<String, String> properties, Collection<String> columns) {
    Set<String> all = asked(properties);
    all.addAll(of(columns));
    return all;
  }

  /** The column by which a merge looks child rows up; none in a root. */
  static Set<String> of(Collection<String> columns) {
    if (columns.contains(SystemColumns.ROOT_ID)) {
      return Set.of(SystemColumns.ROOT_ID);
    }
    return columns.contains(SystemColumns.PARENT_ID) ? Set.of(SystemColumns.PARENT_ID) : Set.of();
  }
}
