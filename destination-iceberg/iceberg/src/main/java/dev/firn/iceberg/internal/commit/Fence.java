package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import dev.firn.state.Lease;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * Keeps a load from writing after another run has. It is judged by the metadata that a commit
 * replaces, so no catalog lets both through: each commit of rows moves what the other one names as
 * its base.
 *
 * @param lease what the load's run holds the root by; empty: the load is not fenced
 */
record Fence(LoadPackage load, Optional<Lease> lease) {
  /** The lease that a table holds for the load's pipeline. */
  Lease of(TableMetadata table) {
    return Optional.ofNullable(table.properties().get(key())).map(Lease::parse).orElse(Lease.NONE);
  }

  /** The property that holds leases. */
  String key() {
    return Lease.key(load.pipeline());
  }

  /**
   * As {@link #require(TableMetadata)}, for a root that may not be there. One that the load has
   * dropped took its lease along.
   */
  void require(Optional<TableMetadata> root) {
    if (root.isEmpty() && load.replacesTables()) {
      return;
    }
    require(root.map(this::of).orElse(Lease.NONE));
    load.requireJudgedBy(root.map(this::snapshot).orElse(OptionalLong.empty()));
  }

  /**
   * Checks that no other run has written to the root since this load's began.
   *
   * @throws FirnException {@code LEASE_LOST}; {@code STATE_MOVED} where the load's rows were held
   *     against those of another snapshot
   */
  void require(TableMetadata root) {
    require(of(root));
    load.requireJudgedBy(snapshot(root));
  }

  /**
   * The newest snapshot but for those that only take the table from another run, made since the
   * load was judged.
   */
  private OptionalLong snapshot(TableMetadata table) {
    Snapshot current = table.currentSnapshot();
    while (current != null
        && current.summary().containsKey(FirnProperties.CLAIMED_BY)
        && load.judgedBy().orElse(LoadPackage.NO_SNAPSHOT) != current.snapshotId()) {
      current = current.parentId() == null ? null : table.snapshot(current.parentId());
    }
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
  }

  private void require(Lease now) {
    if (lease.isPresent() && !lease.get().follows(now)) {
      throw new FirnException(
          ErrorCode.LEASE_LOST,
          "Table %s: run %s of pipeline %s has taken over since load %s began, which is refused."
              .formatted(root(), now.run(), load.pipeline(), load.loadId()),
          "Run again: the package is dropped and its rows are extracted anew.");
    }
  }

  private TableName root() {
    return load.root().schema().name();
  }

  /**
   * The property's text after a commit: the root is given back with it, a child is held until then.
   */
  Optional<String> after(boolean root) {
    return lease.map(each -> (root ? each.released() : each).toJson());
  }

  /**
   * Whether an unfinished load belongs to another run, from which the root must be taken before the
   * load is undone: its last commit may be under way.
   *
   * @param theirs what that load left in a child table
   * @throws FirnException {@code ALREADY_RUNNING} when that run is at work on it, as far as one can
   *     know
   */
  boolean isAnothers(Lease theirs, Optional<TableMetadata> root) {
    if (lease.isEmpty() || theirs.equals(Lease.NONE) || theirs.run().equals(lease.get().run())) {
      return false;
    }
    boolean fenced = !theirs.follows(root.map(this::of).orElse(Lease.NONE));
    String owner = lease.flatMap(Lease::holder).map(Lease.Holder::owner).orElse("");
    if (!fenced && theirs.keepsOut(owner, Instant.now())) {
      throw new FirnException(
          ErrorCode.ALREADY_RUNNING,
          "Table %s: run %s of %s has committed child rows and not yet their root."
              .formatted(root(), theirs.run(), theirs.holder().orElseThrow().owner()),
          "Run again when it has ended; at %s it is taken for dead. The package of load %s is kept."
              .formatted(theirs.holder().orElseThrow().until(), load.loadId()));
    }
    return true;
  }
}
