package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PackageStore.Pending;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.state.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The loads of earlier runs whose packages are left: each is finished or dropped. */
final class EarlierLoads {
  private final PipelineSpec pipeline;
  private final Destination destination;
  private final PackageStore packages;
  private final Loads loads;
  private final RunJournal journal;

  EarlierLoads(
      PipelineSpec pipeline,
      Destination destination,
      PackageStore packages,
      Loads loads,
      RunJournal journal) {
    this.pipeline = pipeline;
    this.destination = destination;
    this.packages = packages;
    this.loads = loads;
    this.journal = journal;
  }

  /** Commits or discards the packages of earlier runs; whether one of them is this run's load. */
  boolean finish(Task task) {
    packages.tidy();
    boolean done = false;
    List<Pending> all = of(task.resource(), task.table());
    if (!all.isEmpty()) {
      // whoever else is at work is not disturbed, not by the packages of earlier runs either
      loads.holding(task.table(), tenure -> {});
    }
    for (Pending pending : all) {
      boolean same = pending.owner().resource().equals(task.resource().name());
      done |= finish(task, pending) && same;
    }
    return done;
  }

  private List<Pending> of(ResourceSpec resource, TableName table) {
    return packages.pending().stream()
        .filter(pending -> pending.owner().pipeline().equals(pipeline.name()))
        .filter(
            pending -> ResourceSpec.origin(pending.owner().resource()).equals(resource.origin()))
        .filter(pending -> pending.owner().table().equals(table.toString()))
        .toList();
  }

  private boolean finish(Task task, Pending pending) {
    requireHere(pending);
    if (pending.sealed().isEmpty()) {
      destination.discardUnsealed(pending.folder());
      PackageStore.delete(pending.folder());
      journal.discarded(pending.loadId().value());
      journal.warn(
          "Load %s of an earlier run had not been sealed; its files were removed."
              .formatted(pending.loadId()));
      return false;
    }
    LoadPackage load = pending.sealed().get();
    try {
      Optional<Lease> lease = pending.lease().map(each -> each.heldUntil(loads.leaseEnd()));
      CommitResult result = loads.commit(load, lease, pending.folder());
      journal.finished(load.loadId().value());
      journal.report(
          ResourceReports.of(load, result, 0, List.of("Finished the load of an earlier run."))
              .withContract(pending.contract()));
    } catch (FirnException e) {
      dropIfRefused(load, pending.folder(), e);
      return false;
    }
    boolean backfill = task.resource().incremental().filter(IncrementalSpec::stateless).isPresent();
    boolean stateless =
        load.after().cursor().isEmpty()
            && load.after().files().isEmpty()
            && load.after().window().isEmpty();
    return (stateless || backfill) && sameInput(task, pending);
  }

  private void requireHere(Pending pending) {
    String there = pending.owner().destination();
    if (!there.equals(destination.identity())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Load %s of an earlier run was staged for %s, but the pipeline's destination is %s."
              .formatted(pending.loadId(), there, destination.identity()),
          "Run with that destination once more, or drop the load with: firn packages drop.");
    }
  }

  /** Removes the packages of earlier runs with what they staged. */
  void discard(ResourceSpec resource, TableName table) {
    for (Pending pending : of(resource, table)) {
      requireHere(pending);
      pending
          .sealed()
          .ifPresentOrElse(
              load -> destination.discard(load, pending.folder()),
              () -> destination.discardUnsealed(pending.folder()));
      PackageStore.delete(pending.folder());
      journal.discarded(pending.loadId().value());
    }
  }

  /** Without a fingerprint, the pending package is simply the load that this run would do. */
  private static boolean sameInput(Task task, Pending pending) {
    String now = Loads.fingerprint(task);
    return now.equals(pending.owner().fingerprint());
  }

  /**
   * Another run moved the state, or the table changed beyond what the contract allows: the package
   * is dropped, and this run goes on from what is there.
   */
  private void dropIfRefused(LoadPackage load, Path folder, FirnException e) {
    if (!Loads.refused(e)) {
      throw e;
    }
    loads.drop(load, folder);
    journal.warn("Load " + load.loadId() + " of an earlier run was dropped: " + e.getMessage());
  }
}
