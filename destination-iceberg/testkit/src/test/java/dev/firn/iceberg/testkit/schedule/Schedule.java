package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.schedule.Tally.Happening;
import java.nio.file.Path;
import java.util.List;

/** What happens to tables that are loaded in one way. */
record Schedule(Shape shape, List<Step> steps) {
  Schedule {
    steps = List.copyOf(steps);
  }

  /**
   * Lets it happen. Whatever is not as it must be is an {@code AssertionError}.
   *
   * @param machines a folder for those of the machines that the pipeline runs on
   */
  void play(Path machines) {
    play(machines, new Tally());
  }

  /** As {@link #play(Path)}, counting what happens. */
  void play(Path machines, Tally tally) {
    tally.count(Happening.SCHEDULES);
    try (World world = new World(shape, machines, tally)) {
      steps.forEach(world::take);
      world.settle();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(this + System.lineSeparator() + e.getMessage(), e);
    }
  }
}
