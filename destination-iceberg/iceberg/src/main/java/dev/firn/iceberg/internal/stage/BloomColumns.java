package dev.firn.iceberg.internal.stage;

import dev.firn.schema.SystemColumns;
import java.util.Collection;
import java.util.Set;

/** Columns whose row groups get a bloom filter when their root is merged. */
public final class BloomColumns {
  private BloomColumns() {}

  /** The column by which a merge looks child rows up; none in a root. */
  public static Set<String> of(Collection<String> columns) {
    if (columns.contains(SystemColumns.ROOT_ID)) {
      return Set.of(SystemColumns.ROOT_ID);
    }
    return columns.contains(SystemColumns.PARENT_ID) ? Set.of(SystemColumns.PARENT_ID) : Set.of();
  }
}
