package dev.firn.testkit;

import dev.firn.destination.Capability;
import dev.firn.destination.Destination;
import dev.firn.destination.MetadataService;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.destination.Upkeep;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import dev.firn.state.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** Tables in memory whose next step fails as told, once. */
final class FaultyDestination implements Destination {
  /** Where the next step fails. */
  enum Fault {
    NONE,
    /** When rows are staged. */
    STAGING,
    /** When rows are staged, and once more when what is left of them is to be removed. */
    STAGING_AND_TIDYING,
    /** The commit is refused, for a reason that a later try may not meet. */
    REFUSED,
    /** The commit is applied, and its answer is lost. */
    ANSWER_LOST
  }

  final MemoryDestination memory = new MemoryDestination();
  Fault next = Fault.NONE;

  private boolean fails(Fault fault) {
    boolean now = next == fault;
    next = now ? Fault.NONE : next;
    return now;
  }

  private static FirnException failure(ErrorCode code) {
    return new FirnException(code, "As told.", "Run again.");
  }

  @Override
  public CommitResult commit(LoadPackage load, Path folder, LoadObserver observer) {
    return commit(() -> memory.commit(load, folder, observer));
  }

  @Override
  public CommitResult commit(LoadPackage load, Lease lease, Path folder, LoadObserver observer) {
    return commit(() -> memory.commit(load, lease, folder, observer));
  }

  private CommitResult commit(Supplier<CommitResult> commit) {
    if (fails(Fault.REFUSED)) {
      throw failure(ErrorCode.COMMIT_CONFLICT);
    }
    CommitResult result = commit.get();
    if (fails(Fault.ANSWER_LOST)) {
      throw failure(ErrorCode.OUTCOME_UNKNOWN);
    }
    return result;
  }

  @Override
  public Upkeep upkeep() {
    return memory.upkeep();
  }

  @Override
  public Staging stage(StagingPlan plan) {
    if (next == Fault.STAGING_AND_TIDYING || fails(Fault.STAGING)) {
      throw failure(ErrorCode.DESTINATION_FULL);
    }
    return memory.stage(plan);
  }

  @Override
  public String identity() {
    return memory.identity();
  }

  @Override
  public Set<Capability> capabilities() {
    return memory.capabilities();
  }

  @Override
  public MetadataService metadata() {
    return memory.metadata();
  }

  @Override
  public long forget(TableName quarantine, Set<LoadId> loads, Instant before) {
    return memory.forget(quarantine, loads, before);
  }

  @Override
  public void discard(LoadPackage load, Path folder) {
    memory.discard(load, folder);
  }

  @Override
  public void discardUnsealed(Path folder) {
    if (fails(Fault.STAGING_AND_TIDYING)) {
      throw new IllegalStateException("a storage's own failure");
    }
    memory.discardUnsealed(folder);
  }

  @Override
  public void close() {}
}
