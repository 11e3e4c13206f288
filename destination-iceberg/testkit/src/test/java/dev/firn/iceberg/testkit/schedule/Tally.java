package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.FaultyCatalog;
import dev.firn.iceberg.testkit.LookFault;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often what happens in schedules has happened. Several threads may count at once. */
final class Tally {
  /** What is counted, beside the faults that commits and looks have met. */
  enum Happening {
    SCHEDULES,
    RUNS,
    RUNS_KILLED,
    RUNS_FAILED,
    RUNS_KEPT_OUT,
    SLOW_CALLS_TO_STORAGE,
    MOVES_TO_ANOTHER_MACHINE,
    MAINTENANCE_OF_OTHERS,
    ROWS_ADDED_BY_OTHERS,
    ROWS_DELETED_BY_OTHERS
  }

  private final Map<Enum<?>, LongAdder> counts = new LinkedHashMap<>();

  Tally() {
    Stream.<Enum<?>[]>of(Happening.values(), CommitFault.values(), LookFault.values())
        .flatMap(Stream::of)
        .forEach(each -> counts.put(each, new LongAdder()));
  }

  void count(Happening happening) {
    add(happening, 1);
  }

  /** Counts the faults that a run's commits and looks have met. */
  void countFaults(FaultyCatalog catalog) {
    Stream.of(CommitFault.values()).forEach(each -> add(each, catalog.met(each)));
    Stream.of(LookFault.values()).forEach(each -> add(each, catalog.met(each)));
  }

  /** Counts all that another tally has. */
  void add(Tally other) {
    other.counts.forEach((what, number) -> add(what, number.sum()));
  }

  private void add(Enum<?> what, long number) {
    counts.get(what).add(number);
  }

  long of(Happening happening) {
    return counts.get(happening).sum();
  }

  /** All counts in one line. */
  String told() {
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " " + words(each.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String words(Enum<?> what) {
    String words = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (what instanceof CommitFault) {
      return "commits: " + words;
    }
    return what instanceof LookFault ? "looks: " + words : words;
  }
}
