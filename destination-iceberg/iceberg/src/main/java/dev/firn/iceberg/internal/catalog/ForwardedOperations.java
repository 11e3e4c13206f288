package dev.firn.iceberg.internal.catalog;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** A table's operations that are those of another object, but for what a subclass does itself. */
public abstract class ForwardedOperations implements TableOperations {
  private final TableOperations inner;

  protected ForwardedOperations(TableOperations inner) {
    this.inner = inner;
  }

  /** Those that this object stands before. */
  protected final TableOperations inner() {
    return inner;
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
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    inner.commit(base, metadata);
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
