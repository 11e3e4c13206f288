package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PackageStore.Pending;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.pipeline.PendingLoad;
import java.nio.file.Path;
import java.util.List;

/** The packages of a project outside of any run. */
public final class PendingPackages {
  private final PackageStore store;
  private final Path locks;

  private PendingPackages(Path work) {
    this.store = new PackageStore(work.resolve("packages"));
    this.locks = work.resolve("locks");
  }

  /** Those of the project in this folder. */
  public static PendingPackages of(Path folder) {
    return new PendingPackages(folder.resolve(".firn"));
  }

  /** All of them, oldest first. */
  public List<PendingLoad> list() {
    return store.pending().stream().map(PendingPackages::described).toList();
  }

  /**
   * One of them.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is none of that id
   */
  public PendingLoad describe(LoadId loadId) {
    return described(find(loadId));
  }

  private static PendingLoad described(Pending each) {
    return new PendingLoad(
        each.loadId(), each.owner().pipeline(), each.owner().resource(), each.sealed());
  }

  /**
   * Forgets one and deletes what it staged.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is none of that id; {@code
   *     ALREADY_RUNNING} when a run is at work on its table
   */
  @SuppressWarnings("try") // the lock is only held
  public void drop(LoadId loadId, Destination destination) {
    try (RunLock lock = lock(find(loadId))) {
      discard(find(loadId), destination); // a run may have finished it until now
    }
  }

  /**
   * Commits one, as the next run would do.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is none of that id, or it was not
   *     sealed; {@code ALREADY_RUNNING}; what {@link Destination#commit} throws: the package is
   *     kept
   */
  @SuppressWarnings("try") // the lock is only held
  public CommitResult retry(LoadId loadId, Destination destination) {
    try (RunLock lock = lock(find(loadId))) {
      Pending pending = find(loadId);
      LoadPackage load = pending.sealed().orElseThrow(() -> unsealed(loadId));
      CommitResult result =
          pending.lease().isPresent()
              ? destination.commit(load, pending.lease().get(), pending.folder(), LoadObserver.NONE)
              : destination.commit(load, pending.folder(), LoadObserver.NONE);
      PackageStore.delete(pending.folder());
      return result;
    }
  }

  private RunLock lock(Pending pending) {
    return RunLock.take(locks, pending.owner().pipeline(), pending.owner().table());
  }

  private Pending find(LoadId loadId) {
    return store.pending().stream()
        .filter(each -> each.loadId().equals(loadId))
        .findFirst()
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no pending load " + loadId + ".",
                    "See 'firn packages list'."));
  }

  private static FirnException unsealed(LoadId loadId) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Load %s was ended while it still read: there is nothing whole to commit."
            .formatted(loadId),
        "The next 'firn run' removes its files and reads anew; 'firn packages drop' only removes them.");
  }

  private static void discard(Pending pending, Destination destination) {
    pending
        .sealed()
        .ifPresentOrElse(
            load -> destination.discard(load, pending.folder()),
            () -> destination.discardUnsealed(pending.folder()));
    PackageStore.delete(pending.folder());
  }
}
