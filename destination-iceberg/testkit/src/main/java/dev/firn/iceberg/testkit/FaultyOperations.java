package dev.firn.iceberg.testkit;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** One table's operations, with the faults of its catalog. */
final class FaultyOperations extends ForwardingOperations {
  private final TableIdentifier name;
  private final FaultyCatalog catalog;
  private @Nullable TableMetadata stale;

  FaultyOperations(TableIdentifier name, TableOperations inner, FaultyCatalog catalog) {
    super(inner);
    this.name = name;
    this.catalog = catalog;
  }

  /** Shows the table as it was before the last commit, until it is looked at again. */
  void showStale() {
    stale = catalog.stale(name).orElse(null);
  }

  @Override
  public TableMetadata current() {
    TableMetadata seen = stale;
    return seen == null ? super.current() : seen;
  }

  @Override
  public TableMetadata refresh() {
    LookFault fault = catalog.looking();
    TableMetadata now = super.refresh();
    stale = null;
    if (fault == LookFault.STALE) {
      showStale();
    } else if (fault == LookFault.SLOW) {
      catalog.slow();
    }
    return stale == null ? now : stale;
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    CommitFault fault = catalog.sending();
    switch (fault) {
      case NONE -> apply(base, metadata);
      case CONFLICT -> throw new CommitFailedException("a conflict, on request");
      case FORBIDDEN -> throw new ForbiddenException("forbidden, on request");
      case LOST_BEFORE -> throw new IllegalStateException("the connection broke, on request");
      case THROTTLED -> throw new ServiceUnavailableException("too much to do, on request");
      case SLOW -> {
        catalog.slow();
        apply(base, metadata);
        catalog.slow();
      }
      case APPLIED_LATE -> {
        catalog.arrivesLate(() -> applyIfCurrent(base, metadata));
        throw new IllegalStateException("the connection broke, on request");
      }
      case LOST_AFTER -> {
        apply(base, metadata);
        throw new CommitStateUnknownException(new IllegalStateException("no answer, on request"));
      }
      case FALSE_CONFLICT -> {
        apply(base, metadata);
        throw new CommitFailedException("a conflict with itself, on request");
      }
    }
  }

  private void apply(@Nullable TableMetadata base, TableMetadata metadata) {
    super.commit(base, metadata);
    catalog.applied(name, base);
    catalog.call();
  }

  private void applyIfCurrent(@Nullable TableMetadata base, TableMetadata metadata) {
    try {
      super.commit(base, metadata);
      catalog.applied(name, base);
    } catch (CommitFailedException | AlreadyExistsException e) {
      // others were faster
    }
  }

  @Override
  public FileIO io() {
    return catalog.storage(super.io());
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return new FaultyOperations(name, super.temp(uncommitted), catalog);
  }
}
