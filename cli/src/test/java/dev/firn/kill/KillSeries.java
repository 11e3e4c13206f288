package dev.firn.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.Main;
import dev.firn.iceberg.testkit.TableContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** Runs of one project in one lake, most of which are killed at some moment of their work. */
final class KillSeries {
  private static final int ORDERS_A_FILE = 20;
  private static final int LINES = 2;
  private static final int KILLS_A_PACE = 10;
  private static final int RUNS_A_KILL = 10;

  private final SharedLake lake;
  private final Path folder;
  private final CommandProcesses processes;
  private final String kind;
  private final String name;
  private final Random random;
  private int files;
  private int runs;
  private int kills;
  private int left;
  private int ended;

  /**
   * @param folder an empty one, the project's
   * @param kind the lake's, which failures are told with
   */
  KillSeries(SharedLake lake, Path folder, CommandProcesses processes, String kind, long seed)
      throws IOException {
    this.lake = lake;
    this.folder = folder;
    this.processes = processes;
    this.kind = kind;
    this.name = kind + ", seed " + seed;
    this.random = new Random(seed);
    writePipeline();
  }

  /**
   * How long a run takes.
   *
   * @param begun until it works in the project's folder
   * @param ended until its process has ended
   */
  private record Pace(Duration begun, Duration ended) {
    /** A moment between a little before it works and a little after it has ended. */
    long millis(Random random) {
      double from = 0.9 * begun.toMillis();
      double to = 1.1 * ended.toMillis();
      return Math.round(from + (to - from) * random.nextDouble());
    }
  }

  /** Loads a new file with each run, until so many runs were killed. */
  void killTimes(int number) throws IOException, InterruptedException {
    Pace pace = whole();
    while (kills < number) {
      assertThat(runs).as("runs for %d kills, %s", kills, name).isLessThan(RUNS_A_KILL * number);
      boolean killed = killed(pace.millis(random));
      if (!killed || kills % KILLS_A_PACE == 0) {
        pace = whole(); // what else the machine does may have changed
      }
    }
    letTimePass();
    whole();
    System.out.println("Killed: " + counts() + ".");
  }

  /** Starts a run and kills it, unless it ends within a time. */
  private boolean killed(long millis) throws IOException, InterruptedException {
    writeFile();
    Set<Path> before = packages();
    Process process = run();
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      assertThat(process.exitValue()).as(told()).isZero();
      ended++;
      return false;
    }
    process.destroyForcibly().waitFor();
    kills++;
    left += before.containsAll(packages()) ? 0 : 1;
    return true;
  }

  private String counts() {
    return "%d runs in %s, %d of them with a package left, %d more ended before their kill"
        .formatted(kills, kind, left, ended);
  }

  /** Packages that were begun just now may be another run's, and are left to later ones. */
  private void letTimePass() throws IOException {
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path each : packages()) {
      Files.setLastModifiedTime(each, before);
    }
  }

  /** Lets a run end by itself, as the one that later ones are like. */
  void rehearse() throws IOException, InterruptedException {
    writeFile();
    runs++;
    Process process = processes.rehearse(folder, output(), Main.class.getName(), "run");
    assertThat(process.waitFor()).as(told()).isZero();
  }

  /** Lets a run end by itself. */
  private Pace whole() throws IOException, InterruptedException {
    writeFile();
    Set<Path> before = packages();
    long start = System.nanoTime();
    Process process = run();
    Duration begun = Duration.ZERO;
    while (!process.waitFor(2, TimeUnit.MILLISECONDS) && before.containsAll(packages())) {
      begun = Duration.ofNanos(System.nanoTime() - start);
    }
    assertThat(process.waitFor()).as(told()).isZero();
    return new Pace(begun, Duration.ofNanos(System.nanoTime() - start));
  }

  private Set<Path> packages() throws IOException {
    Path packages = folder.resolve(".firn/packages");
    if (!Files.isDirectory(packages)) {
      return Set.of();
    }
    try (Stream<Path> found = Files.list(packages)) {
      return new HashSet<>(found.toList());
    }
  }

  private Process run() throws IOException {
    runs++;
    return processes.start(folder, output(), Main.class.getName(), "run");
  }

  private Path output() {
    return folder.resolve("run-" + runs + ".txt");
  }

  private String told() throws IOException {
    return name + "\n" + Files.readString(output());
  }

  private void writePipeline() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    List<String> lines = new ArrayList<>();
    lines.add("version: 1");
    lines.add("pipeline: shop");
    lines.add("limits: { threads: 1 }");
    lines.add("sources:");
    lines.add("  drops:");
    lines.add("    type: files");
    lines.add("    resources:");
    lines.add("      orders: { path: 'in/*.jsonl', write-disposition: append }");
    lines.addAll(lake.section());
    Files.write(folder.resolve("pipeline.yaml"), lines);
  }

  private void writeFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ORDERS_A_FILE; i++) {
      int id = files * ORDERS_A_FILE + i;
      text.append("{\"id\":%d,\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}\n".formatted(id));
    }
    Files.writeString(folder.resolve("in").resolve("%03d.jsonl".formatted(files)), text);
    files++;
  }

  private Table table(String table) {
    return lake.catalog().loadTable(TableIdentifier.of("shop", table));
  }

  /** Fails unless every order and each of its lines is there once, and no file but theirs. */
  void check() throws IOException {
    assertEachOrderOnce();
    assertNothingIsLeftOver();
  }

  private void assertEachOrderOnce() {
    Map<Object, Integer> linesOf = new HashMap<>();
    Set<Object> ids = new HashSet<>();
    for (List<Object> row : TableContent.rows(table("orders"), "id", "_firn_id")) {
      assertThat(ids.add(row.get(0))).as("order %s comes once, %s", row.get(0), name).isTrue();
      linesOf.put(row.get(1), 0);
    }
    int orders = files * ORDERS_A_FILE;
    assertThat(ids).as(name).hasSize(orders);
    for (List<Object> row : TableContent.rows(table("orders__lines"), "_firn_parent_id")) {
      linesOf.merge(row.get(0), 1, Integer::sum);
    }
    assertThat(linesOf).as(name).hasSize(orders);
    assertThat(linesOf.values()).as(name).allMatch(lines -> lines == LINES);
  }

  private void assertNothingIsLeftOver() throws IOException {
    Set<String> known = new HashSet<>();
    for (String table : List.of("orders", "orders__lines")) {
      try (var scan = table(table).newScan().planFiles()) {
        scan.forEach(file -> known.add(Path.of(file.file().location()).getFileName().toString()));
      }
    }
    try (Stream<Path> stored = Files.walk(lake.warehouse())) {
      assertThat(stored.map(file -> file.getFileName().toString()))
          .as(name)
          .filteredOn(file -> file.endsWith(".parquet"))
          .containsExactlyInAnyOrderElementsOf(known);
    }
    assertThat(folder.resolve(".firn/packages")).isEmptyDirectory();
  }
}
