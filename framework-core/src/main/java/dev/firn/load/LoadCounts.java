package dev.firn.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened to the root records before the commit: read = staged + quarantined + discarded +
 * boundary + outOfWindow. How many staged rows were superseded by later ones of the same key is
 * known at the commit.
 *
 * @param boundary seen before, with the last run's cursor value
 * @param tables what was left out or changed within the records, by table name
 */
public record LoadCounts(
    long read,
    long staged,
    long quarantined,
    long discarded,
    long boundary,
    long outOfWindow,
    Map<String, TableCounts> tables) {
  public static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0, 0, 0, Map.of());

  public LoadCounts {
    tables = Map.copyOf(tables);
  }

  /** The sum of both. */
  public LoadCounts plus(LoadCounts other) {
    Map<String, TableCounts> both = new TreeMap<>(tables);
    other.tables.forEach((table, counts) -> both.merge(table, counts, TableCounts::plus));
    return new LoadCounts(
        read + other.read,
        staged + other.staged,
        quarantined + other.quarantined,
        discarded + other.discarded,
        boundary + other.boundary,
        outOfWindow + other.outOfWindow,
        both);
  }

  /** What was left out or changed in one table. */
  public TableCounts table(String name) {
    return tables.getOrDefault(name, TableCounts.NONE);
  }

  /** What was left out or changed in all tables together. */
  public TableCounts inTables() {
    return tables.values().stream().reduce(TableCounts.NONE, TableCounts::plus);
  }
}
