package dev.firn.bench.tables;

import dev.firn.destination.Destination;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The time that a hundred small tables take, planned and loaded; one JVM, both in turn. */
public final class SmallTables {
  private static final int TABLES = 100;
  private static final int ROWS = 10;

  private final Path work;

  private SmallTables(Path work) {
    this.work = work;
  }

  /** Arguments: a folder to work in, and the number of rounds after one that warms up. */
  public static void main(String[] args) throws IOException {
    new SmallTables(Path.of(args[0]).toAbsolutePath()).run(Integer.parseInt(args[1]));
  }

  private void run(int rounds) throws IOException {
    double[] firn = new double[rounds];
    double[] plain = new double[rounds];
    double[] ratios = new double[rounds];
    measure(0);
    for (int round = 0; round < rounds; round++) {
      double[] seconds = measure(round + 1);
      firn[round] = seconds[0];
      plain[round] = seconds[1];
      ratios[round] = seconds[0] / seconds[1];
    }
    print("Firn, plan and load of %d tables: %.2f s%n", TABLES, median(firn));
    print("plain Iceberg client, the same: %.2f s%n", median(plain));
    print(
        "Firn's time in terms of the plain client's: %.2f (median of the rounds)%n",
        median(ratios));
  }

  // Firn's seconds and the plain client's; each side begins every other round.
  private double[] measure(int round) throws IOException {
    double[] seconds = new double[2];
    for (int turn = 0; turn < 2; turn++) {
      int side = (round + turn) % 2;
      Lake lake =
          new Lake(Files.createTempDirectory(Files.createDirectories(work), "lake"), TABLES);
      lake.create();
      long start = System.nanoTime();
      if (side == 0) {
        firn(lake);
      } else {
        new PlainClient(lake).run(ROWS);
      }
      seconds[side] = (System.nanoTime() - start) / 1e9;
      require(lake.rows());
      delete(lake.folder());
    }
    print("round %d: Firn %.2f s, plain %.2f s%n", round, seconds[0], seconds[1]);
    return seconds;
  }

  private static void firn(Lake lake) {
    Pipeline pipeline = Firn.pipeline(Lake.NAMESPACE).workFolder(lake.folder());
    Resource[] resources =
        IntStream.range(0, lake.tables())
            .mapToObj(i -> Resource.of("t" + i, SmallTables::rows))
            .toArray(Resource[]::new);
    try (Destination destination = IcebergDestinationProvider.of(lake.open(), "lake")) {
      pipeline.plan(destination, RunOptions.DEFAULT, resources);
      pipeline.run(destination, RunOptions.DEFAULT, resources).throwIfFailed();
    }
  }

  private static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Map.of("id", (long) i, "name", "name " + i, "price", i * 0.25));
    }
    return rows;
  }

  private static void require(long rows) {
    if (rows != (long) TABLES * ROWS) {
      throw new IllegalStateException("There are %d rows, not %d".formatted(rows, TABLES * ROWS));
    }
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
