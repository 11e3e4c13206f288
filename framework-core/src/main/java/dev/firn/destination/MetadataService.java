package dev.firn.destination;

import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the catalog really holds, asked before data is staged and again at the commit. */
public interface MetadataService {
  /** The live table, or nothing when there is none. Always fresh. */
  Optional<LiveTable> current(TableName name);

  /**
   * Sets a property of a table if it is still what it was, without a snapshot.
   *
   * @param seen its value when it was looked at; empty: it was not set
   * @return whether it was set; not if the table is gone or was changed meanwhile, and never where
   *     properties cannot be set like that
   */
  default boolean replaceProperty(TableName name, String key, Optional<String> seen, String next) {
    return false;
  }

  /** All tables of all namespaces, sorted by name. */
  List<TableName> tables();

  /** The table's commits, newest first. */
  List<SnapshotInfo> history(TableName name);

  /**
   * Up to {@code limit} rows as JSON objects, one a line, columns in table order. Times are
   * ISO-8601 and UUIDs as usual, binary is base 64, JSON columns are JSON.
   */
  List<String> sample(TableName name, int limit);

  /** All rows as {@link #sample} gives them, one after the other; the caller closes the stream. */
  default Stream<String> rows(TableName name) {
    return sample(name, Integer.MAX_VALUE).stream();
  }

  /**
   * All rows with these columns at least, where reading less is faster; the caller closes the
   * stream.
   *
   * @param columns of the table
   */
  default Stream<String> rows(TableName name, Set<String> columns) {
    return rows(name);
  }
}
