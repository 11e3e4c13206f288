package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Additions;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Child tables that are ahead of their root: a load moved them, never came to the root, and its
 * package is lost. Whoever commits next takes it out; a run that finds nothing to load commits
 * nothing, so it makes a package without rows for this alone.
 */
final class UnfinishedChildren {
  private UnfinishedChildren() {}

  /** Whether there are any among a resource's tables, the root first. */
  static boolean areAmong(List<LiveTable> live, Task task) {
    long root = live.stream().limit(1).mapToLong(table -> version(table, task)).sum();
    return live.stream().skip(1).anyMatch(child -> version(child, task) > root);
  }

  private static long version(LiveTable table, Task task) {
    return table
        .state(task.pipeline().name(), task.resource().name())
        .map(ResourceState::version)
        .orElse(0L);
  }

  /**
   * The package whose commit takes the unfinished load out, where there is one.
   *
   * @param now the state's slice, which stays as it is
   * @param counts of a reading that found nothing to load
   */
  static Optional<LoadPackage> undoing(
      List<LiveTable> live, Task task, LoadId loadId, ResourceState.Slice now, LoadCounts counts) {
    if (!areAmong(live, task)) {
      return Optional.empty();
    }
    LiveTable root = live.get(0);
    StagedTable untouched =
        new StagedTable(asItIs(root.schema()), root.uuid(), root.location(), List.of());
    return Optional.of(
        new LoadPackage(
            loadId,
            task.pipeline().name(),
            task.resource().name(),
            task.destination().identity(),
            WriteDisposition.APPEND,
            List.of(),
            List.of(untouched),
            now,
            now,
            counts));
  }

  private static TableSchema asItIs(TableSchema root) {
    return root.withPartitionBy(List.of())
        .withSettings(TableSettings.NONE)
        .withAdditions(Additions.only(Set.of()));
  }
}
