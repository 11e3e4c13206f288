package dev.firn.iceberg.testkit;

import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** One table's operations, with the faults of its catalog. */
final class FaultyOperations implements TableOperations {
  private final TableOperations inner;
  private final FaultyCatalog catalog;

  FaultyOperations(TableOperations inner, FaultyCatalog catalog) {
    this.inner = inner;
    this.catalog = catalog;
  }

  @Override
  public TableMetadata current() {
    return inner.current();
  }

  @Override
  public TableMetadata refresh() {
    catalog.refreshing();
    return inner.refresh();
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    Optional<CommitFault> fault = catalog.sending();
    if (fault.isEmpty()) {
      inner.commit(base, metadata);
      return;
    }
    switch (fault.get()) {
      case CONFLICT -> throw new CommitFailedException("a conflict, on request");
      case FORBIDDEN -> throw new ForbiddenException("forbidden, on request");
      case LOST_BEFORE -> throw new IllegalStateException("the connection broke, on request");
      case LOST_AFTER -> {
        inner.commit(base, metadata);
        throw new CommitStateUnknownException(new IllegalStateException("no answer, on request"));
      }
      case FALSE_CONFLICT -> {
        inner.commit(base, metadata);
        throw new CommitFailedException("a conflict with itself, on request");
      }
    }
  }

  @Override
  public FileIO io() {
    return catalog.storage(inner.io());
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
    return new FaultyOperations(inner.temp(uncommitted), catalog);
  }

  @Override
  public long newSnapshotId() {
    return inner.newSnapshotId();
  }
}
