package dev.firn.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The command line.
 *
 * @param tools names, the one that ratios refer to first
 * @param inputs loaded side by side
 * @param mergeInput the input of the merge runs
 * @param memoryInput the large input of the memory runs; the small one is {@code mergeInput}
 * @param runs which kinds of runs: load, start, merge, changes, memory
 */
record Options(
    List<String> tools,
    List<Input> inputs,
    Input mergeInput,
    Input memoryInput,
    Set<String> runs,
    int rounds) {
  static final String USAGE =
      """
      Usage: benchmarks/run [OPTIONS]

      Loads the same files with Firn and its peers, whole processes in turn, checks that the
      outputs agree, and prints a Markdown report (also in benchmarks/target/report.md).

        --tools LIST    firn,duckdb,spark (default); ratios refer to the first one
        --inputs LIST   events_N (N MB), trips_N.csv, trips_N.jsonl (N rows; 100k, 2m);
                        default events_20,trips_100k.csv,trips_100k.jsonl
        --full          the inputs of the speed table: events_1000, events_200, trips_2m.jsonl,
                        trips_2m.csv, trips_10m.csv; merges events_200
        --runs LIST     load, start (ten events), merge (a file into the table that holds it),
                        changes (a merge of new versions and new rows, read back by Spark),
                        memory (a small and a large file with 512 and 256 MB of heap);
                        default all
        --rounds N      how often each tool loads each input (default 3; 5 with --full)

      FIRN is the command that starts Firn (default: the launcher at the project's root).
      """;
  private static final Set<String> RUNS = Set.of("load", "start", "merge", "changes", "memory");
  private static final List<String> SMALL =
      List.of("events_20", "trips_100k.csv", "trips_100k.jsonl");
  private static final List<String> FULL =
      List.of("events_1000", "events_200", "trips_2m.jsonl", "trips_2m.csv", "trips_10m.csv");

  static Options parse(String... args) {
    List<String> rest = new ArrayList<>(List.of(args));
    boolean full = rest.remove("--full");
    List<String> tools = list(rest, "--tools", List.of("firn", "duckdb", "spark"));
    List<String> inputs = list(rest, "--inputs", full ? FULL : SMALL);
    Set<String> runs = Set.copyOf(list(rest, "--runs", List.copyOf(RUNS)));
    int rounds = number(list(rest, "--rounds", List.of(full ? "5" : "3")).get(0));
    if (!rest.isEmpty()) {
      throw new UsageException("Unknown: %s%n%n%s".formatted(String.join(" ", rest), USAGE));
    }
    if (!RUNS.containsAll(runs)) {
      throw new UsageException("--runs takes load, start, merge, changes and memory.");
    }
    Input merged = Input.named(full ? "events_200" : "events_20");
    Input large = Input.named(full ? "events_1000" : "events_100");
    List<Input> loaded = inputs.stream().map(Input::named).toList();
    return new Options(tools, loaded, merged, large, runs, rounds);
  }

  static List<String> list(List<String> rest, String option, List<String> otherwise) {
    int at = rest.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == rest.size()) {
      throw new UsageException(option + " needs a value.");
    }
    rest.remove(at);
    return List.of(rest.remove(at).split(",", -1));
  }

  static int number(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new UsageException("--rounds takes a number from 1, not '%s'.".formatted(text));
    }
    return Integer.parseInt(text);
  }
}
