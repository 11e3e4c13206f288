package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PendingPackages;
import dev.firn.load.CommitResult;
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
   * One of them.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is no such load
   */
  public static PendingLoad find(Path folder, LoadId loadId) {
    return PendingPackages.of(folder).describe(loadId);
  }

  /**
   * Forgets a load and deletes the files that it staged; those that a commit may still name are
   * kept.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is no such load; {@code
   *     ALREADY_RUNNING} when a run is at work on its table
   */
  public static void drop(PipelineSpec project, LoadId loadId) {
    find(project.folder(), loadId);
    try (Destination destination = Pipelines.openDestination(project)) {
      PendingPackages.of(project.folder()).drop(loadId, destination);
    }
  }

  /**
   * Commits a load that was sealed, as the next run would do before it reads. Nothing is read.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is no such load, or it was not sealed;
   *     {@code ALREADY_RUNNING} when a run is at work on its table; what a run's commit fails with:
   *     the load stays pending
   */
  public static CommitResult retry(PipelineSpec project, LoadId loadId) {
    find(project.folder(), loadId);
    try (Destination destination = Pipelines.openDestination(project)) {
      return PendingPackages.of(project.folder()).retry(loadId, destination);
    }
  }
}
