package dev.firn.iceberg.testkit;

import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** One table's operations, with the faults of its catalog. */
final class FaultyOperations extends ForwardingOperations {
  private final FaultyCatalog catalog;

  FaultyOperations(TableOperations inner, FaultyCatalog catalog) {
    super(inner);
    this.catalog = catalog;
  }

  @Override
  public TableMetadata refresh() {
    catalog.looking();
    return super.refresh();
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    Optional<CommitFault> fault = catalog.sending();
    if (fault.isEmpty()) {
      super.commit(base, metadata);
      return;
    }
    switch (fault.get()) {
      case CONFLICT -> throw new CommitFailedException("a conflict, on request");
      case FORBIDDEN -> throw new ForbiddenException("forbidden, on request");
      case LOST_BEFORE -> throw new IllegalStateException("the connection broke, on request");
      case LOST_AFTER -> {
        super.commit(base, metadata);
        throw new CommitStateUnknownException(new IllegalStateException("no answer, on request"));
      }
      case FALSE_CONFLICT -> {
        super.commit(base, metadata);
        throw new CommitFailedException("a conflict with itself, on request");
      }
    }
  }

  @Override
  public FileIO io() {
    return catalog.storage(super.io());
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return new FaultyOperations(super.temp(uncommitted), catalog);
  }
}
