package dev.firn.iceberg.internal.catalog;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * A table's operations as one look at it found them. Several share what reads and writes metadata;
 * what another one sees later does not move this one.
 */
class LoadedOperations implements TableOperations {
  private final TableOperations shared;
  private final Runnable forget;
  private @Nullable TableMetadata seen;

  /**
   * @param shared also the lock under which it is used
   * @param forget called when a commit was sent, whatever became of it
   */
  LoadedOperations(TableOperations shared, Runnable forget) {
    this.shared = shared;
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
    return new LoadedOperations(shared, forget) {
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
    synchronized (shared) {
      TableMetadata now = shared.refresh();
      seen = now;
      return now;
    }
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    try {
      synchronized (shared) {
        shared.commit(base, metadata);
      }
      seen = null;
    } finally {
      forget.run();
    }
  }

  @Override
  public FileIO io() {
    return shared.io();
  }

  @Override
  public EncryptionManager encryption() {
    return shared.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return shared.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return shared.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return shared.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return shared.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return shared.requireStrictCleanup();
  }
}
