package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.iceberg.TableMetadata;

/** What a table is to its load: this decides which state it may follow and which it gets. */
sealed interface TableRole {
  /**
   * The state after the commit.
   *
   * @param now the state that the table holds
   * @throws FirnException {@code STATE_MOVED} or {@code COMMIT_CONFLICT} when it may not follow
   */
  ResourceState next(LoadPackage load, TableName table, ResourceState now);

  /** Whether there must be a snapshot even if no row changes. */
  boolean needsSnapshot(LoadPackage load);

  /** Whether there must be a table even without columns to make it of. */
  default boolean mustExist() {
    return false;
  }

  /** The word for what the load does to the table. */
  default String operation(LoadPackage load) {
    return load.disposition().word();
  }

  /** Child tables to be named by this one. */
  default List<TableName> children() {
    return List.of();
  }

  /** Tables that must hold the load by now. */
  default List<TableName> committed() {
    return List.of();
  }

  /**
   * The root: holds the cursor.
   *
   * @param childrenCommitted whether a child waits for the root to complete its load
   * @param committed tables beside the root that hold rows of the load
   */
  record Root(List<TableName> children, boolean childrenCommitted, List<TableName> committed)
      implements TableRole {
    @Override
    public ResourceState next(LoadPackage load, TableName table, ResourceState now) {
      boolean fresh = load.replacesTables() && now.equals(ResourceState.NONE);
      if (!fresh && !now.sliceLike(load.before()).equals(load.before())) {
        throw new FirnException(
            ErrorCode.STATE_MOVED,
            "Table %s: another run moved the state of %s.%s (load %s) since load %s was extracted."
                .formatted(table, load.pipeline(), load.resource(), now.loadId(), load.loadId()),
            "Run again: the package is dropped and its rows are extracted anew.");
      }
      return now.advance(load.after(), load.loadId().value());
    }

    @Override
    public boolean needsSnapshot(LoadPackage load) {
      return childrenCommitted || !load.after().equals(load.before());
    }

    @Override
    public boolean mustExist() {
      return childrenCommitted;
    }
  }

  /**
   * A child table, committed before its root.
   *
   * @param rootVersion asks for the version of the root's state
   */
  record Child(LongSupplier rootVersion) implements TableRole {
    @Override
    public ResourceState next(LoadPackage load, TableName table, ResourceState now) {
      long root = rootVersion.getAsLong();
      if (now.version() > root && !now.loadId().equals(load.loadId().value())) {
        throw new FirnException(
            ErrorCode.COMMIT_CONFLICT,
            "Table %s is ahead of its root: load %s is not finished."
                .formatted(table, now.loadId()),
            "Finish or drop the package of load %s first.".formatted(now.loadId()));
      }
      Optional<String> none = Optional.empty();
      ResourceState.Slice after = new ResourceState.Slice(load.after().cursor(), none);
      return new ResourceState(root, Optional.empty(), none, "")
          .advance(after, load.loadId().value());
    }

    @Override
    public boolean needsSnapshot(LoadPackage load) {
      return false;
    }
  }

  /** The table beside the root that takes rejected records; it follows the root as a child does. */
  record Quarantine(Child child) implements TableRole {
    @Override
    public ResourceState next(LoadPackage load, TableName table, ResourceState now) {
      return child.next(load, table, now);
    }

    @Override
    public boolean needsSnapshot(LoadPackage load) {
      return false;
    }

    @Override
    public String operation(LoadPackage load) {
      return WriteDisposition.APPEND.word();
    }
  }

  /** The state that a table holds for a resource. */
  static ResourceState stateOf(TableMetadata table, LoadPackage load) {
    return Optional.ofNullable(table.properties().get(load.stateKey()))
        .map(ResourceState::parse)
        .orElse(ResourceState.NONE);
  }
}
