package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.internal.run.PackageStore.Pending;
import dev.firn.load.LoadId;
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

  private static PendingLoad described(Pending each) {
    return new PendingLoad(
        each.loadId(), each.owner().pipeline(), each.owner().resource(), each.sealed());
  }

  /** Forgets one and deletes what it staged. */
  @SuppressWarnings("try") // the lock is only held
  public void drop(LoadId loadId, Destination destination) {
    for (Pending each : store.pending()) {
      if (each.loadId().equals(loadId)) {
        try (RunLock lock = RunLock.take(locks, each.owner().pipeline(), each.owner().resource())) {
          discard(each, destination);
        }
      }
    }
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
