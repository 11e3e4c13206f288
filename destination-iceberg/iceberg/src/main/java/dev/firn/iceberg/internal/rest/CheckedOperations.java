package dev.firn.iceberg.internal.rest;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** A table's operations, which tell what each commit was built on. */
final class CheckedOperations implements TableOperations {
  private final TableOperations inner;

  CheckedOperations(TableOperations inner) {
    this.inner = inner;
  }

  @Override
  public void commit(@Nullable TableMetadata replaced, TableMetadata metadata) {
    if (replaced == null) {
      inner.commit(null, metadata);
    } else {
      CommitBase.during(replaced, () -> inner.commit(replaced, metadata));
    }
  }

  @Override
  public TableMetadata current() {
    return inner.current();
  }

  @Override
  public TableMetadata refresh() {
    return inner.refresh();
  }

  @Override
  public FileIO io() {
    return inner.io();
  }

  @Override
  public EncryptionManager encryption() {
    return inner.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return inner.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return inner.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return inner.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return inner.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return inner.requireStrictCleanup();
  }
}
