package dev.firn.iceberg.internal.catalog;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.jspecify.annotations.Nullable;

/**
 * A table's operations as one look at it found them. Several share what reads and writes metadata;
 * what another one sees later does not move this one.
 */
class LoadedOperations extends ForwardedOperations {
  private final Runnable forget;
  private @Nullable TableMetadata seen;

  /**
   * @param shared also the lock under which it is used
   * @param forget called when a commit was sent, whatever became of it
   */
  LoadedOperations(TableOperations shared, Runnable forget) {
    super(shared);
    this.forget = forget;
    synchronized (shared) {
      this.seen = shared.current();
    }
  }

  /**
   * The same table, which stays as it was seen when it is refreshed: a transaction begins with a
   * refresh, and what was checked must be what it replaces.
   */
  LoadedOperations pinned() {
    TableMetadata now = current();
    return new LoadedOperations(inner(), forget) {
      @Override
      public TableMetadata current() {
        return now;
      }

      @Override
      public TableMetadata refresh() {
        return now;
      }
    };
  }

  @Override
  public TableMetadata current() {
    TableMetadata known = seen;
    return known == null ? refresh() : known;
  }

  @Override
  public TableMetadata refresh() {
    synchronized (inner()) {
      TableMetadata now = super.refresh();
      seen = now;
      return now;
    }
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    try {
      synchronized (inner()) {
        super.commit(base, metadata);
      }
      seen = null;
    } finally {
      forget.run();
    }
  }
}
