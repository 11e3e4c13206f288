package dev.firn.bench.rules;

import com.sun.management.OperatingSystemMXBean;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The time of a load of flat JSON lines under a contract of twelve rules, beside the same load
 * without one, and beside the same rules as a JSON Schema that judges record by record; one JVM,
 * all in turn, each into a new table. On a shared machine CPU time tells more than the clock.
 */
public final class RuleCost {
  private static final String CONTRACT =
      """
              contract:
                on-violation: warn
                columns:
                  passenger_count: { type: long, min: 0, max: 9 }
                  trip_distance: { type: double, min: 0 }
                  fare_amount: { type: double, min: 0, max: 100000 }
                  tip_amount: { type: double, min: 0 }
                  tolls_amount: { type: double, min: 0 }
                  total_amount: { type: double, required: true }
                  extra: { type: double, min: 0 }
                  mta_tax: { type: double, max: 5 }
                  payment_type: { type: string, enum: [credit_card, cash, no_charge, dispute, unknown], pattern: "^[a-z_]+$" }
      """;
  private static final String PER_RECORD =
      """
              contract:
                on-violation: warn
                validators:
                  - type: json-schema
                    schema:
                      type: object
                      required: [total_amount]
                      properties:
                        passenger_count: { type: integer, minimum: 0, maximum: 9 }
                        trip_distance: { type: number, minimum: 0 }
                        fare_amount: { type: number, minimum: 0, maximum: 100000 }
                        tip_amount: { type: number, minimum: 0 }
                        tolls_amount: { type: number, minimum: 0 }
                        total_amount: { type: number }
                        extra: { type: number, minimum: 0 }
                        mta_tax: { type: number, maximum: 5 }
                        payment_type: { type: string, enum: [credit_card, cash, no_charge, dispute, unknown], pattern: "^[a-z_]+$" }
      """;

  /** In the order of the report. */
  private static final List<String> CONTRACTS = List.of("", CONTRACT, PER_RECORD);

  private static final String PIPELINE =
      """
      pipeline: bench
      sources:
        trips:
          type: files
          resources:
            trips:
              path: %s
      %s
      """;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path work;
  private final Path input;

  private RuleCost(Path work, Path input) {
    this.work = work;
    this.input = input;
  }

  /** Seconds of a load: by the clock, and of all processors. */
  private record Seconds(double wall, double cpu) {}

  /** Arguments: a folder to work in, trips as JSON lines, the number of rounds after a first. */
  public static void main(String[] args) throws IOException {
    Path work = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    new RuleCost(work, Path.of(args[1]).toAbsolutePath()).run(Integer.parseInt(args[2]));
  }

  private void run(int rounds) throws IOException {
    Seconds[][] all = new Seconds[rounds][];
    measure(0);
    for (int round = 0; round < rounds; round++) {
      all[round] = measure(round + 1);
    }
    print("medians in terms of the load without rules:%n");
    print(
        "  on columns: wall %.2f, CPU %.2f%n",
        ratio(all, 1, Seconds::wall), ratio(all, 1, Seconds::cpu));
    print(
        "  per record: wall %.2f, CPU %.2f%n",
        ratio(all, 2, Seconds::wall), ratio(all, 2, Seconds::cpu));
  }

  private static double ratio(Seconds[][] all, int side, ToDoubleFunction<Seconds> measure) {
    return median(
        Arrays.stream(all)
            .mapToDouble(each -> measure.applyAsDouble(each[side]) / measure.applyAsDouble(each[0]))
            .toArray());
  }

  // Each begins every third round.
  private Seconds[] measure(int round) throws IOException {
    Seconds[] seconds = new Seconds[CONTRACTS.size()];
    for (int turn = 0; turn < seconds.length; turn++) {
      int side = (round + turn) % seconds.length;
      seconds[side] = load(CONTRACTS.get(side));
    }
    print(
        "round %d: without %.2f s (CPU %.2f), on columns %.2f s (CPU %.2f), per record %.2f s (CPU %.2f)%n",
        round,
        seconds[0].wall(),
        seconds[0].cpu(),
        seconds[1].wall(),
        seconds[1].cpu(),
        seconds[2].wall(),
        seconds[2].cpu());
    return seconds;
  }

  private Seconds load(String contract) throws IOException {
    Path folder = Files.createTempDirectory(work, "load");
    Path file = folder.resolve(PipelineFile.NAME);
    Files.writeString(file, PIPELINE.formatted(input, contract));
    PipelineSpec pipeline = PipelineFile.read(file, Settings.NONE).spec();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    RunReport report = Pipelines.run(pipeline, RunOptions.DEFAULT).throwIfFailed();
    Seconds seconds =
        new Seconds((System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    if (report.resources().get(0).loaded() == 0) {
      throw new IllegalStateException("nothing was loaded from " + input);
    }
    delete(folder);
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String format, Object... values) {
    System.out.print(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
