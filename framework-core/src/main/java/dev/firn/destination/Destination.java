package dev.firn.destination;

import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A place for tables: phase 1 stages files that nobody sees, phase 2 makes them visible, once. */
public interface Destination extends AutoCloseable {
  /** Identity of catalog and warehouse, without secrets; recorded in packages. */
  String identity();

  Set<Capability> capabilities();

  MetadataService metadata();

  /** Changes tables outside of loads. */
  Upkeep upkeep();

  /**
   * Checks that a table can be made or become as described, as far as that is known before a load.
   * Nothing is written.
   *
   * @param exists whether it is to be changed; otherwise it is made, or made anew
   * @throws dev.firn.error.FirnException what {@link Staging#seal} would throw
   */
  default void check(TableSchema target, boolean exists) {}

  /** Begins phase 1 of one load. */
  Staging stage(StagingPlan plan);

  /**
   * Phase 2: makes a package visible, once. Repeating it changes nothing.
   *
   * @param folder the package's folder, as in its {@link StagingPlan}
   * @throws dev.firn.error.FirnException {@code STATE_MOVED}, {@code TABLE_REPLACED}, {@code
   *     COMMIT_CONFLICT}, {@code CONTRACT_FROZEN}: nothing of it is visible; {@code
   *     OUTCOME_UNKNOWN}: it may be, commit it again
   */
  CommitResult commit(LoadPackage load, Path folder, LoadObserver observer);

  /**
   * As the other one, for a run that holds a lease: nothing becomes visible once another run has
   * written to the root or taken it over.
   *
   * @param lease made from the one that the root held before the package was read; it is written
   *     with the rows
   * @throws dev.firn.error.FirnException {@code LEASE_LOST} when another run was there since, also
   *     {@code ALREADY_RUNNING} when an unfinished load of another one is in the way
   */
  default CommitResult commit(LoadPackage load, Lease lease, Path folder, LoadObserver observer) {
    return commit(load, folder, observer);
  }

  /**
   * Deletes the files of a package that was never committed; undoes its child commits if there are
   * any.
   */
  void discard(LoadPackage load, Path folder);

  /**
   * Deletes the files that a load staged without ever sealing them.
   *
   * @param folder the package's folder, where staging noted every file before it made it
   */
  void discardUnsealed(Path folder);

  /**
   * Takes rows out of a quarantine table: those that some loads put there, and those of all loads
   * before a time. Repeating it changes nothing; rows that share a file with others may stay.
   *
   * @return how many rows went
   */
  long forget(TableName quarantine, Set<LoadId> loads, Instant before);

  /**
   * Shows to everybody what a run has committed, where the destination was told to keep it apart
   * until the whole run has succeeded. Repeating it changes nothing.
   *
   * @return what was done, a sentence without its full stop; empty: there was nothing to do
   * @throws dev.firn.error.FirnException {@code COMMIT_CONFLICT} when others changed the same
   *     tables meanwhile; what was committed stays apart
   */
  default Optional<String> publish() {
    return Optional.empty();
  }

  @Override
  void close();
}
