package dev.firn.iceberg.testkit.schedule;

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
   * @param machine the folder that the pipeline runs in
   */
  void play(Path machine) {
    try (World world = new World(shape, machine)) {
      steps.forEach(world::take);
      world.settle();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(this + System.lineSeparator() + e.getMessage(), e);
    }
  }
}
