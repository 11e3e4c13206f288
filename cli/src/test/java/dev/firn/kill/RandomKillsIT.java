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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command itself, killed again and again while a new file comes in each time: every order and
 * each of its lines is there once afterwards, and no file but theirs.
 */
class RandomKillsIT {
  private static final int KILLS = 50;
  private static final int ORDERS_A_FILE = 20;
  private static final int LINES = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "rest"})
  void commandThatIsKilledFiftyTimesLoadsEveryRowOnce(String kind) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (SharedLake lake = SharedLake.of(kind, Files.createDirectory(folder.resolve("lake")))) {
      writePipeline(lake);
      int files = 0;
      writeFile(files++);
      Duration whole = runWhole("first.txt", seed);

      for (int kill = 1; kill <= KILLS; kill++) {
        writeFile(files++);
        Process process = run("killed-" + kill + ".txt");
        // from the start of the virtual machine to a little after a run's usual end
        long millis = (long) (whole.toMillis() * (0.3 + 0.9 * random.nextDouble()));
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
        } else {
          assertThat(process.exitValue()).as(output("killed-" + kill + ".txt")).isZero();
        }
        if (kill % 10 == 0) {
          // what else this machine does may have changed, and with it how long a run takes
          whole = runWhole("whole-" + kill + ".txt", seed);
        }
      }

      letTimePass();
      runWhole("last.txt", seed);
      assertEachOrderOnce(lake, files * ORDERS_A_FILE, seed);
      assertNothingIsLeftOver(lake, seed);
    }
  }

  /** Packages that were begun just now may be another run's, and are left to later ones. */
  private void letTimePass() throws IOException {
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    try (Stream<Path> packages = Files.list(folder.resolve(".firn/packages"))) {
      for (Path each : packages.toList()) {
        Files.setLastModifiedTime(each, before);
      }
    }
  }

  private Duration runWhole(String output, long seed) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    assertThat(run(output).waitFor()).as("seed %d, %s", seed, output).isZero();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void writePipeline(SharedLake lake) throws IOException {
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

  private void writeFile(int number) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ORDERS_A_FILE; i++) {
      int id = number * ORDERS_A_FILE + i;
      text.append("{\"id\":%d,\"lines\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}\n".formatted(id));
    }
    // whole at once, as a run may be reading the folder
    Path draft = Files.writeString(folder.resolve("in").resolve("draft"), text);
    Files.move(draft, folder.resolve("in").resolve("%03d.jsonl".formatted(number)));
  }

  private Process run(String output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "run"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(output).toFile())
        .start();
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private static Table table(SharedLake lake, String name) {
    return lake.catalog().loadTable(TableIdentifier.of("shop", name));
  }

  private static void assertEachOrderOnce(SharedLake lake, int orders, long seed) {
    Map<Object, Integer> linesOf = new HashMap<>();
    Set<Object> ids = new HashSet<>();
    for (List<Object> row : TableContent.rows(table(lake, "orders"), "id", "_firn_id")) {
      assertThat(ids.add(row.get(0))).as("order %s comes once, seed %d", row.get(0), seed).isTrue();
      linesOf.put(row.get(1), 0);
    }
    assertThat(ids).as("seed %d", seed).hasSize(orders);
    for (List<Object> row : TableContent.rows(table(lake, "orders__lines"), "_firn_parent_id")) {
      linesOf.merge(row.get(0), 1, Integer::sum);
    }
    assertThat(linesOf).as("seed %d", seed).hasSize(orders);
    assertThat(linesOf.values()).as("seed %d", seed).allMatch(lines -> lines == LINES);
  }

  private void assertNothingIsLeftOver(SharedLake lake, long seed) throws IOException {
    Set<String> known = new HashSet<>();
    for (String name : List.of("orders", "orders__lines")) {
      try (var files = table(lake, name).newScan().planFiles()) {
        files.forEach(file -> known.add(Path.of(file.file().location()).getFileName().toString()));
      }
    }
    try (Stream<Path> files = Files.walk(lake.warehouse())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("seed %d", seed)
          .filteredOn(name -> name.endsWith(".parquet"))
          .containsExactlyInAnyOrderElementsOf(known);
    }
    assertThat(folder.resolve(".firn/packages")).isEmptyDirectory();
  }
}
