package dev.firn.iceberg.testkit.schedule;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays schedules several at a time, because most of their time is waiting, and tells of one that
 * fails as briefly as it can. Schedules of one kind are not played alike each time: threads, ids
 * and clocks differ. So a failure counts whether it repeats or not.
 */
final class Players implements AutoCloseable {
  private static final int NUMBER = 8;

  private final Stage stage;
  private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER);

  Players(Stage stage) {
    this.stage = stage;
  }

  /** Where schedules are played. */
  interface Stage {
    /**
     * Plays one. Whatever is not as it must be is an {@code AssertionError}.
     *
     * @param tally counts what happens
     */
    void play(Schedule schedule, Tally tally);
  }

  private record Failure(Schedule schedule, AssertionError error) {}

  /**
   * Plays all. When some fail, one of them is made shorter once the last has been played.
   *
   * @param tally counts what happens in these, and not in those that are made of them
   * @throws AssertionError what the shortest schedule fails with; or, where it does not repeat,
   *     what the full one did
   */
  void playAll(List<Schedule> schedules, Tally tally) {
    List<CompletableFuture<Optional<Failure>>> all =
        schedules.stream()
            .map(each -> CompletableFuture.supplyAsync(() -> failure(each, tally), threads))
            .toList();
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    List<Failure> failures =
        all.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    if (!failures.isEmpty()) {
      AssertionError told = told(failures.get(0));
      failures.stream().skip(1).map(Failure::error).forEach(told::addSuppressed);
      throw told;
    }
  }

  private Optional<Failure> failure(Schedule schedule, Tally tally) {
    try {
      stage.play(schedule, tally);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(new Failure(schedule, e));
    }
  }

  private AssertionError told(Failure failure) {
    Tally untold = new Tally();
    Schedule shortest =
        Reduction.of(failure.schedule(), shorter -> failure(shorter, untold).isPresent());
    Optional<Failure> again = failure(shortest, untold);
    if (again.isEmpty()) {
      return new AssertionError(
          "It did not repeat when this was played again, reduced to %s:%n%s%n%s"
              .formatted(shortest, failure.schedule(), failure.error().getMessage()),
          failure.error());
    }
    AssertionError error = again.get().error();
    error.addSuppressed(failure.error());
    return error;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
