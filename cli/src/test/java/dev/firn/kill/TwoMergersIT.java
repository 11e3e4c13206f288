package dev.firn.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.testkit.TableContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes that merge overlapping orders into one table, fifty times each. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TwoMergersIT {
  private static final int TURNS = 50;
  private static final Map<String, Integer> FIRST = Map.of("ada", 0, "bob", 5);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"jdbc,shop,shop", "rest,here,there"})
  void noOrderIsLostOrDoubled(String kind, String adasPipeline, String bobsPipeline)
      throws Exception {
    try (SharedLake lake = SharedLake.of(kind, Files.createDirectory(folder.resolve("lake")))) {
      CommandProcesses processes =
          new CommandProcesses(Files.createDirectory(folder.resolve("classes")));
      Process ada = start(processes, project(lake, "ada", adasPipeline), "ada");
      Process bob = start(processes, project(lake, "bob", bobsPipeline), "bob");
      try {
        assertThat(ada.waitFor()).as(() -> told("ada")).isZero();
        assertThat(bob.waitFor()).as(() -> told("bob")).isZero();
      } finally {
        ada.destroyForcibly();
        bob.destroyForcibly();
      }
      check(lake);
      System.out.printf(
          "Merged: 2 x %d turns on %s, %d refused and done again.%n",
          TURNS, kind, refused("ada") + refused("bob"));
    }
  }

  private Path project(SharedLake lake, String name, String pipeline) throws IOException {
    Path project = Files.createDirectory(folder.resolve(name));
    List<String> lines = new ArrayList<>();
    lines.add("version: 1");
    lines.add("pipeline: " + pipeline);
    lines.add("limits: { threads: 1 }");
    lines.add("sources:");
    lines.add("  drops:");
    lines.add("    type: files");
    lines.add("    resources:");
    lines.add("      orders:");
    lines.add("        path: orders.jsonl");
    lines.add("        table: shop.orders");
    lines.add("        primary-key: id");
    lines.add("        write-disposition: merge");
    lines.add("        track: none");
    lines.addAll(lake.section());
    Files.write(project.resolve("pipeline.yaml"), lines);
    return project;
  }

  private Process start(CommandProcesses processes, Path project, String name) throws IOException {
    return processes.start(
        project,
        output(name),
        Merger.class.getName(),
        project.toString(),
        name,
        FIRST.get(name).toString(),
        Integer.toString(TURNS));
  }

  private Path output(String name) {
    return folder.resolve(name + ".txt");
  }

  private String told(String name) {
    try {
      return Files.readString(output(name));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private long refused(String name) {
    return told(name).lines().filter(Merger.REFUSED.asMatchPredicate()).count();
  }

  private static void check(SharedLake lake) {
    Table orders = lake.catalog().loadTable(TableIdentifier.of("shop", "orders"));
    Table lines = lake.catalog().loadTable(TableIdentifier.of("shop", "orders__lines"));
    Map<Object, List<Object>> turnsOfLines = new HashMap<>();
    for (List<Object> line : TableContent.rows(lines, "_firn_parent_id", "of")) {
      turnsOfLines.computeIfAbsent(line.get(0), id -> new ArrayList<>()).add(line.get(1));
    }
    List<List<Object>> rows = TableContent.rows(orders, "id", "by", "turn", "_firn_id");

    assertThat(rows.stream().map(row -> row.get(0)))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, lastOf("bob") + 1).mapToObj(id -> (Object) (long) id).toList());
    for (List<Object> row : rows) {
      long id = (Long) row.get(0);
      assertThat(row.get(2)).as("last turn of %s", row).isEqualTo(lastTurn(row.get(1), id));
      assertThat(turnsOfLines.remove(row.get(3)))
          .as("lines of %s", row)
          .containsExactly(row.get(2), row.get(2));
    }
    assertThat(turnsOfLines).as("lines without their order").isEmpty();
  }

  private static int lastOf(String name) {
    return FIRST.get(name) + TURNS - 1 + Merger.ORDERS - 1;
  }

  /** The last turn in which one of them merged an order. */
  private static long lastTurn(Object name, long order) {
    return Math.min(TURNS - 1, order - FIRST.get(name));
  }
}
