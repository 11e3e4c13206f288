package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.DataType;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableSchema;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three samples of real APIs against the tables that are expected of them. */
class SampleTablesTest {
  private static final ResourceSpec EVENTS = ResourceSpec.named("github_events");
  private static final ResourceSpec ENTRIES = ResourceSpec.named("nightscout_entries");
  private static final ResourceSpec MERGED_EVENTS =
      EVENTS.withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);
  private static final ResourceSpec MERGED_ENTRIES =
      ENTRIES.withKey(List.of("_id")).withDisposition(WriteDisposition.MERGE);

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination).with(2, 1);

  @Test
  void githubEventsBecomeTheExpectedTables() {
    loading.load(ListSource.ofJson(EVENTS, Samples.githubEvents()).withSplitsOf(7));

    assertColumns(Samples.expected("github_events").path("tables"), "order_independent");
    assertThat(destination.rows("ns.github_events")).hasSize(122);
  }

  @Test
  void nightscoutDayOneBecomesTheExpectedTable() {
    loading.load(ListSource.ofJson(ENTRIES, Samples.nightscoutDay1()).withSplitsOf(11));

    assertColumns(Samples.expected("nightscout_entries_day1").path("tables"), "order_independent");
  }

  @Test
  void bothDaysInOneFirstLoadBecomeTheExpectedTable() {
    List<String> both = new ArrayList<>(Samples.nightscoutDay1());
    both.addAll(Samples.nightscoutDay2());

    loading.load(ListSource.ofJson(ENTRIES, both).withSplitsOf(13).shuffled(7));

    assertColumns(Samples.expected("nightscout_entries_day2").path("tables"), "order_independent");
  }

  @Test
  void dayTwoAfterDayOneEvolvesTheTableAsRecommended() {
    loading.load(ListSource.ofJson(MERGED_ENTRIES, Samples.nightscoutDay1()).withSplitsOf(11));
    assertThat(destination.rows("ns.nightscout_entries")).hasSize(144);
    assertThat(sgvOfRow50()).isEqualTo(199L);

    RunReport report =
        loading.load(ListSource.ofJson(MERGED_ENTRIES, Samples.nightscoutDay2()).withSplitsOf(11));

    assertThat(destination.rows("ns.nightscout_entries")).hasSize(288);
    JsonNode expected =
        Samples.expected("nightscout_entries_day2")
            .path("recommended_day2_on_persisted_day1_schema")
            .path("nightscout_entries")
            .path("columns");
    Map<String, String> types = new TreeMap<>();
    Map<String, Long> filled = new TreeMap<>();
    expected
        .fields()
        .forEachRemaining(
            field -> {
              types.put(field.getKey(), type(field.getValue().path("type").asText()));
              filled.put(field.getKey(), field.getValue().path("non_null_in_day2").asLong());
            });
    assertThat(dataTypes("nightscout_entries")).isEqualTo(types);
    assertThat(filledBy(report.resources().get(0).loadId())).isEqualTo(filled);
  }

  private Object sgvOfRow50() {
    String id = Samples.nightscoutDay1().get(50).replaceAll(".*\"_id\": ?\"([^\"]+)\".*", "$1");
    return destination.rows("ns.nightscout_entries").stream()
        .filter(row -> id.equals(row.get("_id")))
        .map(row -> row.get("sgv"))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Long> filledBy(String loadId) {
    Map<String, Long> filled = new TreeMap<>();
    dataTypes("nightscout_entries").keySet().forEach(column -> filled.put(column, 0L));
    for (Map<String, Object> row : destination.rows("ns.nightscout_entries")) {
      if (loadId.equals(row.get(SystemColumns.LOAD_ID))) {
        row.keySet().forEach(column -> filled.computeIfPresent(column, (same, n) -> n + 1));
      }
    }
    return filled;
  }

  @Test
  void loadingTheSameEventsAgainChangesNothing() {
    loading.load(ListSource.ofJson(MERGED_EVENTS, Samples.githubEvents()).withSplitsOf(30));
    int commits = destination.commits("ns.github_events");
    Contents before = Contents.of(destination.metadata(), table("github_events").name());

    RunReport again =
        loading.load(ListSource.ofJson(MERGED_EVENTS, Samples.githubEvents()).withSplitsOf(9));

    assertThat(destination.rows("ns.github_events")).hasSize(120);
    assertThat(destination.commits("ns.github_events")).isEqualTo(commits);
    assertThat(again.status()).isEqualTo("nothing-to-do");
    assertThat(Contents.of(destination.metadata(), table("github_events").name()))
        .isEqualTo(before);
  }

  @Test
  void aSecondIncrementalRunOverTheSameEventsLoadsNone() {
    ResourceSpec incremental =
        EVENTS.withKey(List.of("id")).withIncremental(IncrementalSpec.on("created_at"));
    loading.load(ListSource.ofJson(incremental, Samples.githubEvents()).withSplitsOf(30));

    RunReport again =
        loading.load(ListSource.ofJson(incremental, Samples.githubEvents()).withSplitsOf(9));

    ResourceReport report = again.resources().get(0);
    assertThat(report.loaded()).isZero();
    assertThat(report.counts().read()).isEqualTo(122);
    assertThat(report.counts().boundary()).isPositive();
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }

  @Test
  void frozenColumnsStopDayTwoNamingTheNewOne() {
    loading.load(ListSource.ofJson(MERGED_ENTRIES, Samples.nightscoutDay1()));
    List<Map<String, Object>> before = destination.rows("ns.nightscout_entries");

    RunReport report = dayTwo(ContractMode.FREEZE, ContractMode.EVOLVE);

    assertThat(report.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_FROZEN);
              assertThat(e.getMessage()).contains("is_valid").contains("nightscout_entries");
            });
    assertThat(destination.rows("ns.nightscout_entries")).isEqualTo(before);
  }

  @Test
  void discardedValuesKeepEveryRow() {
    loading.load(ListSource.ofJson(MERGED_ENTRIES, Samples.nightscoutDay1()));

    dayTwo(ContractMode.DISCARD_VALUE, ContractMode.EVOLVE).throwIfFailed();

    assertThat(destination.rows("ns.nightscout_entries")).hasSize(288);
    assertThat(dataTypes("nightscout_entries"))
        .doesNotContainKeys("is_valid", "noise__level")
        .containsKey("rssi__v_text");
  }

  @Test
  void discardedRowsAreCountedByTheModeThatDropsThem() {
    assertKept(ContractMode.DISCARD_ROW, ContractMode.EVOLVE, 81);
    assertKept(ContractMode.EVOLVE, ContractMode.DISCARD_ROW, 113);
    assertKept(ContractMode.DISCARD_ROW, ContractMode.DISCARD_ROW, 49);
  }

  private static void assertKept(ContractMode columns, ContractMode dataType, long kept) {
    SampleTablesTest fresh = new SampleTablesTest();
    fresh.loading.load(ListSource.ofJson(ENTRIES, Samples.nightscoutDay1()));
    ListSource dayTwo = ListSource.ofJson(ENTRIES, Samples.nightscoutDay2()).withSplitsOf(10);

    RunReport report =
        fresh.loading.with(new Evolution(ContractMode.EVOLVE, columns, dataType)).load(dayTwo);

    ResourceReport entries = report.resources().get(0);
    assertThat(entries.loaded()).isEqualTo(kept);
    assertThat(entries.counts().discarded()).isEqualTo(145 - kept);
    assertThat(fresh.destination.rows("ns.nightscout_entries")).hasSize(145 + (int) kept);
  }

  private RunReport dayTwo(ContractMode columns, ContractMode dataType) {
    return loading
        .with(new Evolution(ContractMode.EVOLVE, columns, dataType))
        .tryLoad(ListSource.ofJson(MERGED_ENTRIES, Samples.nightscoutDay2()).withSplitsOf(10));
  }

  private void assertColumns(JsonNode tables, String block) {
    tables
        .fields()
        .forEachRemaining(
            table -> {
              Map<String, String> expected = new TreeMap<>();
              Map<String, Integer> filled = new TreeMap<>();
              table
                  .getValue()
                  .path(block)
                  .fields()
                  .forEachRemaining(
                      column -> {
                        String name = column.getKey();
                        expected.put(name, type(column.getValue().path("type").asText()));
                        filled.put(name, column.getValue().path("non_null").asInt());
                      });
              String name = table.getKey();
              assertThat(dataTypes(name)).as(name).isEqualTo(expected);
              assertThat(destination.rows("ns." + name))
                  .hasSize(table.getValue().path("rows").asInt());
              filled.forEach(
                  (column, count) ->
                      assertThat(destination.values("ns." + name, column))
                          .as(name + "." + column)
                          .hasSize(count));
            });
  }

  private Map<String, String> dataTypes(String name) {
    Map<String, String> types = new TreeMap<>();
    table(name).columns().stream()
        .filter(column -> !column.system())
        .forEach(column -> types.put(column.name(), column.type().word()));
    return types;
  }

  private TableSchema table(String name) {
    return destination.table(dev.firn.schema.TableName.parse("ns." + name)).schema;
  }

  private static String type(String word) {
    return DataType.parse(word).orElseThrow().word();
  }
}
