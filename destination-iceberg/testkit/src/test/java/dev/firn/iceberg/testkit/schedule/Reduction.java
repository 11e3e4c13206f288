package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.schedule.Step.Arrival;
import dev.firn.iceberg.testkit.schedule.Step.Load;
import dev.firn.iceberg.testkit.schedule.Step.StorageFaults;
import dev.firn.iceberg.testkit.schedule.Step.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes schedules that fail shorter, one thing at a time, as long as they fail. */
final class Reduction {
  private Reduction() {}

  /**
   * The shortest that was found.
   *
   * @param fails plays a schedule
   */
  static Schedule of(Schedule schedule, Predicate<Schedule> fails) {
    Schedule shortest = schedule;
    Optional<Schedule> shorter = Optional.of(schedule);
    while (shorter.isPresent()) {
      shortest = shorter.get();
      shorter = shorter(shortest).filter(fails).findFirst();
    }
    return shortest;
  }

  private static Stream<Schedule> shorter(Schedule schedule) {
    return shorter(schedule.steps(), Reduction::simpler)
        .map(steps -> new Schedule(schedule.shape(), steps));
  }

  /** The list without each item in turn, then with each made simpler. */
  private static <T> Stream<List<T>> shorter(List<T> list, Simpler<T> simpler) {
    Stream<List<T>> without =
        IntStream.range(0, list.size()).mapToObj(i -> replaced(list, i, Optional.empty()));
    Stream<List<T>> simplified =
        IntStream.range(0, list.size())
            .boxed()
            .flatMap(
                i -> simpler.of(list.get(i)).map(item -> replaced(list, i, Optional.of(item))));
    return Stream.concat(without, simplified);
  }

  private interface Simpler<T> {
    Stream<T> of(T item);
  }

  private static <T> List<T> replaced(List<T> list, int at, Optional<T> item) {
    List<T> copy = new ArrayList<>(list);
    copy.remove(at);
    item.ifPresent(other -> copy.add(at, other));
    return copy;
  }

  private static Stream<Step> simpler(Step step) {
    if (step instanceof Arrival arrival) {
      Stream<Step> fewer =
          shorter(arrival.orders(), order -> Stream.empty())
              .map(orders -> new Arrival(orders, arrival.tied()));
      return arrival.tied()
          ? Stream.concat(fewer, Stream.of(new Arrival(arrival.orders(), false)))
          : fewer;
    }
    return step instanceof Load load ? simpler(load.weather()).map(Load::new) : Stream.of();
  }

  private static Stream<Weather> simpler(Weather of) {
    Stream<Weather> calmer =
        Stream.concat(
                Stream.of(of.withKill(OptionalInt.empty())),
                simpler(of.storage()).map(of::withStorage))
            .filter(weather -> !weather.equals(of));
    Stream<Weather> commits = fairer(of.commits(), CommitFault.NONE).map(of::withCommits);
    Stream<Weather> looks = fairer(of.looks(), LookFault.NONE).map(of::withLooks);
    Stream<Weather> meanwhile =
        shorter(of.meanwhile(), work -> Stream.empty()).map(of::withMeanwhile);
    return Stream.of(calmer, commits, looks, meanwhile).flatMap(each -> each);
  }

  private static Stream<StorageFaults> simpler(StorageFaults of) {
    OptionalInt never = OptionalInt.empty();
    return Stream.of(
        new StorageFaults(never, of.slowCall(), of.full()),
        new StorageFaults(of.lostCall(), never, of.full()),
        new StorageFaults(of.lostCall(), of.slowCall(), never));
  }

  private static <T> Stream<List<T>> fairer(List<T> faults, T none) {
    return shorter(faults, fault -> fault.equals(none) ? Stream.empty() : Stream.of(none));
  }
}
