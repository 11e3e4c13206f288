package dev.firn.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.jdbc.JdbcCatalogProvider;
import dev.firn.iceberg.testkit.TableContent;
import dev.firn.state.ResourceState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An append with a cursor is killed; a clean run afterwards leaves every row exactly once and the
 * cursor at the data.
 */
class KillIT {
  private static final int ORDERS = 200_000;

  @TempDir static Path shared;
  @TempDir Path project;

  @BeforeAll
  static void writeOrders() throws IOException {
    OrdersFile.write(shared.resolve("orders.jsonl"), ORDERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "staged 1",
        "staged 2",
        "sealed",
        "committing orders__lines__notes",
        "committed orders__lines__notes",
        "committing orders__lines",
        "committed orders__lines",
        "committing orders",
        "committed orders"
      })
  void aKillAtANamedPointLeavesNoTrace(String point) throws Exception {
    writePipeline();

    assertThat(run(point)).isEqualTo(137);
    assertThat(run("never")).isZero();

    assertExact();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void killsAtRandomMomentsLeaveNoTrace(long seed) throws Exception {
    writePipeline();
    Random random = new Random(seed);

    for (int kill = 0; kill < 2; kill++) {
      Process process = start("never");
      process.waitFor(600 + random.nextInt(2500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(run("never")).as("seed %s", seed).isZero();

    assertExact();
  }

  private void writePipeline() throws IOException {
    Files.writeString(
        project.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: shop
        limits: { memory-bytes: 8MB }
        sources:
          drops:
            type: files
            resources:
              orders:
                path: '%s'
                write-disposition: append
                incremental: { cursor: at, initial: "2024-01-01T00:00:00Z" }
                track: none
        """
            .formatted(shared.resolve("orders.jsonl")));
  }

  private int run(String point) throws IOException, InterruptedException {
    return start(point).waitFor();
  }

  private Process start(String point) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(shared.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HaltingLoad.class.getName());
    command.add(project.resolve("pipeline.yaml").toString());
    command.addAll(List.of(point.split(" ")));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(project.resolve("output.txt").toFile())
        .start();
  }

  private void assertExact() throws IOException {
    CatalogConfig config =
        new CatalogConfig("local", JsonNodeFactory.instance.objectNode(), project);
    Catalog catalog = new JdbcCatalogProvider().open(config);
    try {
      Namespace shop = Namespace.of("shop");
      Table orders = catalog.loadTable(TableIdentifier.of(shop, "orders"));
      Map<String, Integer> orderOf = assertOrders(orders);
      assertChildren(catalog.loadTable(TableIdentifier.of(shop, "orders__lines")), orderOf);
      assertNotes(catalog.loadTable(TableIdentifier.of(shop, "orders__lines__notes")));
      assertCursor(orders);
      assertNoFileIsLeftOver(catalog);
    } finally {
      ((Closeable) catalog).close();
    }
  }

  private static Map<String, Integer> assertOrders(Table orders) {
    Map<String, Integer> orderOf = new HashMap<>();
    Set<Integer> numbers = new HashSet<>();
    for (List<Object> row : TableContent.rows(orders, "id", "_firn_id")) {
      int number = ((Long) row.get(0)).intValue();
      assertThat(numbers.add(number)).as("order %s comes once", number).isTrue();
      orderOf.put((String) row.get(1), number);
    }
    assertThat(numbers).hasSize(ORDERS);
    return orderOf;
  }

  private static void assertChildren(Table lines, Map<String, Integer> orderOf) {
    int[] count = new int[ORDERS];
    for (List<Object> row : TableContent.rows(lines, "_firn_parent_id", "sku")) {
      int order = orderOf.get((String) row.get(0));
      count[order]++;
      assertThat(row.get(1)).isEqualTo("s" + order % 97);
    }
    for (int order = 0; order < ORDERS; order++) {
      assertThat(count[order]).isEqualTo(OrdersFile.lines(order));
    }
  }

  private static void assertNotes(Table notes) {
    long expected = 0;
    for (int order = 0; order < ORDERS; order++) {
      expected += OrdersFile.noted(order) ? OrdersFile.lines(order) : 0;
    }
    Set<Object> parents = new HashSet<>();
    TableContent.rows(notes, "_firn_parent_id").forEach(row -> parents.add(row.get(0)));
    assertThat(TableContent.rows(notes, "value")).hasSize((int) expected);
    assertThat(parents).hasSize((int) expected);
  }

  private static void assertCursor(Table orders) {
    String json = orders.properties().get(ResourceState.key("shop", "orders"));
    assertThat(ResourceState.parse(json).cursor().orElseThrow().value())
        .isEqualTo(OrdersFile.at(ORDERS - 1));
  }

  /** Every data file below the warehouse belongs to a table. */
  private void assertNoFileIsLeftOver(Catalog catalog) throws IOException {
    Set<String> known = new HashSet<>();
    for (String name : List.of("orders", "orders__lines", "orders__lines__notes")) {
      Table table = catalog.loadTable(TableIdentifier.of(Namespace.of("shop"), name));
      try (var files = table.newScan().planFiles()) {
        files.forEach(file -> known.add(Path.of(file.file().location()).getFileName().toString()));
      }
    }
    try (Stream<Path> files = Files.walk(project.resolve(".firn/warehouse"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".parquet"))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }
}
