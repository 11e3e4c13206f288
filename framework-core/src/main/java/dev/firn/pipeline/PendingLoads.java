package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PendingPackages;
import dev.firn.load.LoadId;
import java.nio.file.Path;
import java.util.List;

/** The load packages of a project that wait to be committed. */
public final class PendingLoads {
  private PendingLoads() {}

  /** Those in {@code .firn/packages} of this folder, oldest first. */
  public static List<PendingLoad> in(Path folder) {
    return PendingPackages.of(folder).list();
  }

  /**
   * Forgets a load and deletes the files that it staged.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is no such load; {@code
   *     ALREADY_RUNNING} when a run is at work on it
   */
  public static void drop(PipelineSpec project, LoadId loadId) {
    PendingPackages packages = PendingPackages.of(project.folder());
    if (packages.list().stream().noneMatch(each -> each.loadId().equals(loadId))) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "There is no pending load " + loadId + ".",
          "See 'firn packages list'.");
    }
    try (Destination destination = Pipelines.openDestination(project)) {
      packages.drop(loadId, destination);
    }
  }
}
