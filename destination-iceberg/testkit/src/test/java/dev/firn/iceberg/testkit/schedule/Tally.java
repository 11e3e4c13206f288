package dev.firn.iceberg.testkit.schedule;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often what happens in schedules has happened. */
final class Tally {
  /** What is counted. */
  enum Happening {
    SCHEDULES,
    RUNS,
    RUNS_KILLED,
    RUNS_FAILED,
    RUNS_KEPT_OUT,
    MOVES_TO_ANOTHER_MACHINE,
    MAINTENANCE_OF_OTHERS,
    ROWS_ADDED_BY_OTHERS,
    ROWS_DELETED_BY_OTHERS
  }

  private static final Map<Happening, LongAdder> counts = new EnumMap<>(Happening.class);

  static {
    Stream.of(Happening.values()).forEach(each -> counts.put(each, new LongAdder()));
  }

  private Tally() {}

  static void count(Happening happening) {
    counts.get(happening).increment();
  }

  /** All counts in one line. */
  static String told() {
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " " + words(each.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String words(Happening happening) {
    return happening.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
