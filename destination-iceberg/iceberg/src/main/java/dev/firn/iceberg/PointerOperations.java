package dev.firn.iceberg;

import java.util.Optional;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Reads and swaps one table's pointer; Iceberg reads and writes what it points to. */
final class PointerOperations extends BaseMetastoreTableOperations {
  private final PointerStore store;
  private final String key;
  private final TableIdentifier table;
  private final FileIO io;

  PointerOperations(PointerStore store, String key, TableIdentifier table, FileIO io) {
    this.store = store;
    this.key = key;
    this.table = table;
    this.io = io;
  }

  @Override
  protected String tableName() {
    return table.toString();
  }

  @Override
  public FileIO io() {
    return io;
  }

  @Override
  protected void doRefresh() {
    Optional<String> pointer = store.read(key);
    if (pointer.isPresent()) {
      refreshFromMetadataLocation(pointer.get());
    } else if (currentMetadataLocation() != null) {
      throw new NoSuchTableException("Table was dropped: %s", table);
    } else {
      disableRefresh();
    }
  }

  @Override
  protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
    Optional<String> seen = Optional.ofNullable(base).map(TableMetadata::metadataFileLocation);
    String next = writeNewMetadataIfRequired(base == null, metadata);
    if (!store.swap(key, seen, Optional.of(next)) && !pointsTo(next)) {
      // The file stays: a store that asked again by itself may have put it there in between.
      throw base == null
          ? new AlreadyExistsException("Table already exists: %s", table)
          : new CommitFailedException("Table has changed: %s", table);
    }
  }

  /** Whether a swap that seems to have failed was applied after all. */
  private boolean pointsTo(String metadata) {
    return store.read(key).filter(metadata::equals).isPresent();
  }
}
