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
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The time of a load of flat JSON lines under a contract of twelve rules, beside the same load
 * without one; one JVM, both in turn, each into a new table. On a shared machine CPU time tells
 * more than the clock.
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
    double[] wall = new double[rounds];
    double[] cpu = new double[rounds];
    measure(0);
    for (int round = 0; round < rounds; round++) {
      Seconds[] seconds = measure(round + 1);
      wall[round] = seconds[1].wall() / seconds[0].wall();
      cpu[round] = seconds[1].cpu() / seconds[0].cpu();
    }
    print(
        "with rules in terms of without, medians: wall %.2f, CPU %.2f%n",
        median(wall), median(cpu));
  }

  // Without and with rules; each begins every other round.
  private Seconds[] measure(int round) throws IOException {
    Seconds[] seconds = new Seconds[2];
    for (int turn = 0; turn < 2; turn++) {
      int side = (round + turn) % 2;
      seconds[side] = load(side == 0 ? "" : CONTRACT);
    }
    print(
        "round %d: without %.2f s (CPU %.2f), with %.2f s (CPU %.2f)%n",
        round, seconds[0].wall(), seconds[0].cpu(), seconds[1].wall(), seconds[1].cpu());
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
