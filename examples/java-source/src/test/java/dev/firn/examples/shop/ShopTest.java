package dev.firn.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.iceberg.Iceberg;
import dev.firn.load.TableOutcome;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
  private static final TableName ORDERS = TableName.parse("shop.orders");
  private static final TableName LINES = ORDERS.child("lines");

  @TempDir Path folder;

  @BeforeEach
  void copyProject() throws IOException {
    Files.copy(Path.of("pipeline.yaml"), folder.resolve("pipeline.yaml"));
  }

  @Test
  void theFirstDayLoadsEveryOrderWithItsLines() {
    RunReport report = run(1);

    assertThat(outcome(report, ORDERS).inserted()).isEqualTo(4);
    assertThat(rows(ORDERS))
        .hasSize(4)
        .anySatisfy(
            row ->
                assertThat(row)
                    .contains(
                        "\"id\":1,", "\"customer\":\"Ada\"", "\"status\":\"SENT\"", "2024-03-01"));
    assertThat(rows(LINES)).hasSize(4);
  }

  @Test
  void theSecondDayFindsTiesLateOrdersAndChanges() {
    run(1);

    RunReport report = run(2);

    TableOutcome orders = outcome(report, ORDERS);
    assertThat(orders.inserted()).as("5 came late, 6 at the same moment").isEqualTo(2);
    assertThat(orders.updated()).as("2 and 4 changed").isEqualTo(2);
    assertThat(orders.total()).isEqualTo(6);
    assertThat(rows(LINES))
        .hasSize(6)
        .noneMatch(row -> row.contains("12.00") && row.contains("\"_firn_list_idx\":1"))
        .anyMatch(row -> row.contains("11.00"));
  }

  @Test
  void aRunWithoutNewsMakesNoCommit() {
    run(1);
    run(2);

    RunReport report = run(2);

    assertThat(report.status()).isEqualTo("nothing-to-do");
    assertThat(rows(ORDERS)).hasSize(6);
  }

  @Test
  void aSourceMadeInCodeRunsWithoutYamlAndLandsInTheEmbeddedCatalog() {
    RunReport report =
        Firn.pipeline("twin").workFolder(folder).source(new ShopSource(2)).run().throwIfFailed();

    assertThat(outcome(report, ORDERS).inserted()).isEqualTo(6);
  }

  @Test
  void theSamePipelineInCodeMakesTheSameTables() {
    run(1);
    run(2);
    List<String> orders = rows(ORDERS).stream().map(ShopTest::withoutLoad).sorted().toList();

    build(folder.resolve("built"), 1);
    build(folder.resolve("built"), 2);

    PipelineSpec built = spec(2, folder.resolve("built"));
    assertThat(rows(built, ORDERS).stream().map(ShopTest::withoutLoad).sorted().toList())
        .isEqualTo(orders);
  }

  private static void build(Path folder, int days) {
    Firn.pipeline("shop")
        .workFolder(folder)
        .destination(Iceberg.catalog("lake", catalog()))
        .run(
            Resource.of(
                    "orders", Instant.class, since -> new Shop(days).changedSince(since.start()))
                .incremental("updated_at", "2024-01-01T00:00:00Z")
                .lag("5m")
                .primaryKey("id")
                .merge()
                .partitionBy("day(updated_at)")
                .into("shop.orders"))
        .throwIfFailed();
  }

  private static Map<String, String> catalog() {
    return Map.of(
        "type", "jdbc", "uri", "jdbc:sqlite:.firn/catalog.db", "warehouse", ".firn/warehouse");
  }

  private static String withoutLoad(String row) {
    return row.replaceAll("\"_firn_load_id\":\"[^\"]*\"", "");
  }

  private RunReport run(int days) {
    return Pipelines.run(spec(days, folder), RunOptions.DEFAULT).throwIfFailed();
  }

  private PipelineSpec spec(int days, Path workFolder) {
    Settings settings =
        new Settings(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of("SHOP_DAYS", String.valueOf(days)),
            Optional.empty());
    PipelineSpec read = PipelineFile.read(folder.resolve("pipeline.yaml"), settings).spec();
    return new PipelineSpec(
        read.name(),
        workFolder,
        read.sources(),
        read.destination(),
        read.evolution(),
        read.limits());
  }

  private static TableOutcome outcome(RunReport report, TableName table) {
    return report.table(table.toString()).orElseThrow();
  }

  private List<String> rows(TableName table) {
    return rows(spec(1, folder), table);
  }

  private static List<String> rows(PipelineSpec spec, TableName table) {
    try (Destination lake = Pipelines.openDestination(spec)) {
      return lake.metadata().sample(table, 100);
    }
  }
}
