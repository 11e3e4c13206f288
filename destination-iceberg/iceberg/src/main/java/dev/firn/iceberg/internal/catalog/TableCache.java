package dev.firn.iceberg.internal.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that were loaded from one catalog a short while ago. It saves reading the metadata
 * file that the catalog still points to, never the question which one that is: each look asks.
 */
final class TableCache {
  private static final Logger log = LoggerFactory.getLogger(TableCache.class);
  private static final int MOST_TABLES = 256;

  // A table holds the storage keys that it was loaded with, and those of some servers live for 15
  // minutes.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final boolean enabled;
  private final Cache<TableIdentifier, BaseTable> tables =
      Caffeine.newBuilder().maximumSize(MOST_TABLES).expireAfterWrite(LONGEST).build();

  /**
   * @param enabled whether anything is kept at all
   */
  TableCache(boolean enabled) {
    this.enabled = enabled;
  }

  /**
   * A table as the catalog holds it now.
   *
   * @param load loads it anew, without any cache
   */
  BaseTable current(TableIdentifier name, Supplier<BaseTable> load) {
    return Optional.ofNullable(tables.getIfPresent(name))
        .filter(table -> isThere(name, table))
        .map(table -> seen(name, table))
        .orElseGet(() -> loaded(name, load));
  }

  /** The table is gone. */
  void forget(TableIdentifier name) {
    tables.invalidate(name);
  }

  private boolean isThere(TableIdentifier name, BaseTable table) {
    TableOperations operations = table.operations();
    try {
      synchronized (operations) {
        operations.refresh();
      }
      return true;
    } catch (RuntimeException e) {
      // Gone, or another one under its name, or out of reach: loading it anew tells which.
      log.debug("Table {} is looked up anew", name, e);
      tables.invalidate(name);
      return false;
    }
  }

  private BaseTable loaded(TableIdentifier name, Supplier<BaseTable> load) {
    BaseTable table = load.get();
    if (enabled) {
      tables.put(name, table);
    }
    return seen(name, table);
  }

  // Whoever commits moves the table, or has learned that somebody else did.
  private BaseTable seen(TableIdentifier name, BaseTable table) {
    LoadedOperations operations =
        new LoadedOperations(table.operations(), () -> tables.invalidate(name));
    return new BaseTable(operations, table.name(), table.reporter());
  }
}
