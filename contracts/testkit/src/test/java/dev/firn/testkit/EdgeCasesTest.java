package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.Column;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.NamingRules.OnCollision;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole loads at the edges: reserved names, ties under merge, limits, a cursor that changed. */
class EdgeCasesTest {
  private static final ResourceSpec ROWS = ResourceSpec.named("rows");
  private static final ResourceSpec MERGED =
      ROWS.withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination).with(2, 1);

  private RunReport load(ResourceSpec spec, String... records) {
    return loading.tryLoad(ListSource.ofJson(spec, List.of(records)).withSplitsOf(2));
  }

  @Test
  void aChangedValueUnderAReservedNameIsAnUpdate() {
    load(MERGED, "{\"id\":1,\"_firn_note\":\"a\"}");

    RunReport second = load(MERGED, "{\"id\":1,\"_firn_note\":\"b\"}");

    assertThat(second.table("ns.rows").orElseThrow().updated()).isEqualTo(1);
  }

  @Test
  void aMergeTakesAChangedRecordOfTheSameCursorValue() {
    ResourceSpec spec = MERGED.withIncremental(IncrementalSpec.on("d"));
    load(spec, "{\"id\":1,\"d\":\"2024-01-01T00:00:00Z\",\"v\":1}");

    RunReport second = load(spec, "{\"id\":1,\"d\":\"2024-01-01T00:00:00Z\",\"v\":2}");

    assertThat(second.table("ns.rows").orElseThrow().updated()).isEqualTo(1);
    assertThat(destination.rows("ns.rows"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("v")).isEqualTo(2L));
  }

  @Test
  void aKeyTwiceWithinCapturedJsonIsRefused() {
    ResourceSpec flat = ROWS.withMaxNesting(1);

    RunReport report = load(flat, "{\"id\":1,\"a\":{\"b\":{\"x\":1,\"y\":{\"x\":2},\"x\":3}}}");

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_KEY));
  }

  @Test
  void keysOfDifferentCapturedObjectsDoNotMeet() {
    ResourceSpec flat = ROWS.withMaxNesting(1);

    RunReport report = load(flat, "{\"id\":1,\"a\":{\"b\":[{\"x\":1},{\"x\":2,\"y\":{\"x\":2}}]}}");

    assertThat(report.error()).isEmpty();
  }

  @Test
  void aListUnderTheKeyQuarantineIsACollision() {
    RunReport report = load(ROWS, "{\"id\":1,\"quarantine\":[1]}");

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_COLLISION));
  }

  private static ResourceSpec direct(OnCollision rule) {
    return ROWS.withNaming(new NamingRules(NamingRules.Style.DIRECT, rule));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void columnsThatDifferInCaseAloneAreACollisionInAnyOrder(int order) {
    List<String> records =
        new ArrayList<>(List.of("{\"name\":1}", "{\"Name\":2}", "{\"NAME\":\"three\"}"));
    Collections.rotate(records, order);
    if (order == 4) {
      Collections.swap(records, 0, 2);
    }
    for (OnCollision rule : OnCollision.values()) {
      MemoryDestination fresh = new MemoryDestination();
      RunReport report =
          Loading.into(fresh)
              .with(2, 1)
              .tryLoad(ListSource.ofJson(direct(rule), records).withSplitsOf(1));

      if (rule == OnCollision.FAIL) {
        assertThat(report.error().orElseThrow().code()).isEqualTo(ErrorCode.NAME_COLLISION);
        assertThat(report.error().orElseThrow()).hasMessageContaining("differ in case alone");
      } else {
        assertThat(report.error()).isEmpty();
        assertThat(fresh.values("ns.rows", "NAME")).containsExactly("three");
        List<String> names =
            Laws.schema(fresh, TableName.parse("ns.rows")).columns().stream()
                .filter(column -> !column.system())
                .map(Column::name)
                .sorted()
                .toList();
        assertThat(names).hasSize(3).doesNotHaveDuplicates();
        assertThat(names.stream().map(name -> name.toLowerCase(Locale.ROOT)))
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aColumnOfTheTableThatDiffersInCaseAloneIsACollisionToo() {
    loading.load(ListSource.ofJson(direct(OnCollision.FAIL), "{\"id\":1}"));

    RunReport refused =
        loading.tryLoad(ListSource.ofJson(direct(OnCollision.FAIL), "{\"id\":1,\"ID\":2}"));
    RunReport renamed =
        loading.tryLoad(ListSource.ofJson(direct(OnCollision.SUFFIX), "{\"id\":1,\"ID\":2}"));
    RunReport again =
        loading.tryLoad(ListSource.ofJson(direct(OnCollision.FAIL), "{\"id\":3,\"ID\":4}"));

    assertThat(refused.error().orElseThrow())
        .hasMessageContaining("has a column 'id', and the source path 'ID'");
    assertThat(renamed.error()).isEmpty();
    assertThat(again.error()).as("known by its source path").isEmpty();
    assertThat(destination.values("ns.rows", "id")).contains(1L, 3L);
  }

  // The committed column c is a number: text beside it goes to c__v_text, as does the key v_text of
  // an object c.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void valuesThatDoNotFitAreNotMixedWithAColumnOfTheSource(int threads) {
    for (OnCollision rule : OnCollision.values()) {
      MemoryDestination fresh = new MemoryDestination();
      ResourceSpec spec = ROWS.withNaming(new NamingRules(NamingRules.Style.SNAKE_CASE, rule));
      Loading.into(fresh).load(ListSource.ofJson(spec, "{\"id\":0,\"c\":1}"));
      List<String> records =
          List.of("{\"id\":1,\"c\":\"text\"}", "{\"id\":2,\"c\":{\"v_text\":\"mine\"}}");

      RunReport report =
          Loading.into(fresh)
              .with(threads, 1)
              .tryLoad(ListSource.ofJson(spec, records).withSplitsOf(1));

      if (rule == OnCollision.FAIL) {
        assertThat(report.error().orElseThrow().code()).isEqualTo(ErrorCode.NAME_COLLISION);
        assertThat(report.error().orElseThrow()).hasMessageContaining("c__v_text");
      } else {
        assertThat(report.error()).isEmpty();
        assertThat(fresh.values("ns.rows", "c__v_text")).containsOnlyOnce("text");
        assertThat(fresh.values("ns.rows", "c__v_text")).doesNotContain("mine");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void collidingListsGetTablesOfTheirOwnWhateverTheirOrder(int threads) {
    ResourceSpec spec =
        ROWS.withNaming(new NamingRules(NamingRules.Style.SNAKE_CASE, OnCollision.SUFFIX));
    List<String> records =
        new ArrayList<>(
            List.of("{\"A\":[{\"x\":[1]}]}", "{\"a\":[{\"x\":[2,3]}]}", "{\"a \":[{\"x\":[4]}]}"));
    List<Map<String, Integer>> seen = new ArrayList<>();

    for (int turn = 0; turn < 3; turn++) {
      Collections.rotate(records, 1);
      MemoryDestination fresh = new MemoryDestination();
      RunReport report =
          Loading.into(fresh)
              .with(threads, 1)
              .tryLoad(ListSource.ofJson(spec, records).withSplitsOf(1));
      assertThat(report.error()).isEmpty();
      Map<String, Integer> rows = new TreeMap<>();
      report
          .resources()
          .get(0)
          .tables()
          .forEach(
              table -> rows.put(table.table().name(), fresh.rows(table.table().toString()).size()));
      seen.add(rows);
    }

    assertThat(seen.get(0)).hasSize(7).containsEntry("rows__a", 1).containsEntry("rows__a__x", 2);
    assertThat(seen).allMatch(seen.get(0)::equals);
  }

  @Test
  void aChangedCursorIsRefused() {
    load(ROWS.withIncremental(IncrementalSpec.on("a")), "{\"a\":1,\"b\":1}");

    RunReport second = load(ROWS.withIncremental(IncrementalSpec.on("b")), "{\"a\":2,\"b\":2}");

    assertThat(second.error().orElseThrow().code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(second.error().orElseThrow())
        .hasMessageContaining("'a'")
        .hasMessageContaining("'b'");
  }

  @Test
  void aLagDoesNotReachBehindTheInitialValue() {
    IncrementalSpec lagged = IncrementalSpec.on("d").withInitial("2024-01-10").withLag("10d");
    ResourceSpec spec = MERGED.withIncremental(lagged);
    String early = "{\"id\":1,\"d\":\"2024-01-05T00:00:00Z\"}";
    load(spec, early, "{\"id\":2,\"d\":\"2024-01-11T00:00:00Z\"}");

    load(spec, early, "{\"id\":3,\"d\":\"2024-01-12T00:00:00Z\"}");

    assertThat(destination.rows("ns.rows")).hasSize(2);
  }

  @Test
  void valuesThatTheContractLeavesOutAreCountedAndTold() {
    load(ROWS, "{\"id\":1,\"v\":1}");
    Evolution evolution =
        new Evolution(ContractMode.EVOLVE, ContractMode.DISCARD_VALUE, ContractMode.DISCARD_VALUE);

    RunReport second =
        loading
            .with(evolution)
            .tryLoad(ListSource.ofJson(ROWS, List.of("{\"id\":2,\"v\":\"text\",\"w\":5}")));

    assertThat(second.resources().get(0).counts().inTables().valuesDiscarded()).isEqualTo(2);
    assertThat(second.resources().get(0).warnings()).anyMatch(text -> text.contains("2 values"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theLimitOfColumnsDoesNotDependOnThreads(int threads) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add("{\"k%d\":1}".formatted(i));
    }
    Limits few = new Limits(1_000, 1 << 20, 1 << 20, 30, 500, threads, 1);

    RunReport report = loading.with(few).tryLoad(ListSource.ofJson(ROWS, records).withSplitsOf(1));

    assertThat(report.error().orElseThrow().code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }
}
