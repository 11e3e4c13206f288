package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Quarantine;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadCounts;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.ListSource.OnError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into quarantine, and that it stays with its load. */
class QuarantineCasesTest {
  private static final String ASIDE = "ns.items__quarantine";
  private static final SchemaContract AT_MOST_HUNDRED =
      new SchemaContract(
          "c",
          1,
          Optional.empty(),
          OnViolation.QUARANTINE,
          Optional.empty(),
          List.of(
              new ColumnContract(
                  "v",
                  Optional.of(DataType.Simple.LONG),
                  List.of(new Rule.AtMost(BigDecimal.valueOf(100), false)),
                  Optional.empty())),
          List.of());
  private static final ResourceSpec ITEMS =
      ResourceSpec.named("items").withContract(AT_MOST_HUNDRED);

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private RunReport load(ListSource source) {
    RunReport report = loading.load(source);
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static LoadCounts counts(RunReport report) {
    return report.resources().get(0).counts();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SKIP")
  void aBadRowIsKeptAsItCame(WriteDisposition disposition) {
    ResourceSpec resource = ITEMS.withKey(List.of("id")).withDisposition(disposition);

    RunReport report =
        load(
            ListSource.ofJson(
                resource,
                "{\"id\":1,\"v\":1}",
                "{\"id\":2,\"v\":\"500\",\"l\":[1.50,{\"a\":null}],\"t\":\"2024-01-01T00:00:00Z\"}",
                "{\"id\":3,\"v\":3}"));

    assertThat(counts(report).quarantined()).isEqualTo(1);
    assertThat(destination.values("ns.items", "id")).containsExactly(1L, 3L);
    assertThat(destination.metadata().tables().toString()).doesNotContain("items__l");
    Map<String, Object> row = destination.rows(ASIDE).get(0);
    assertThat(row)
        .containsEntry(
            "payload",
            "{\"id\":2,\"v\":\"500\",\"l\":[1.50,{\"a\":null}],\"t\":\"2024-01-01T00:00:00Z\"}")
        .containsEntry("reason", "v is 500, expected max 100")
        .containsEntry("rule", "max 100")
        .containsEntry("column_name", "v")
        .containsEntry("resource", "items")
        .containsEntry("source", "split 0, record at 1")
        .containsEntry("_firn_load_id", report.resources().get(0).loadId())
        .containsKey("quarantined_at");
  }

  @Test
  void theQuarantineGrowsAlsoBesideATableThatIsReplaced() {
    ResourceSpec resource = ITEMS.withDisposition(WriteDisposition.REPLACE);

    load(ListSource.ofJson(resource, "{\"v\":1}", "{\"v\":101}"));
    load(ListSource.ofJson(resource, "{\"v\":2}", "{\"v\":102}"));

    assertThat(destination.values("ns.items", "v")).containsExactly(2L);
    assertThat(destination.values(ASIDE, "payload")).containsExactly("{\"v\":101}", "{\"v\":102}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void splitsThatAreReadAgainKeepTheirBadRowsOnce(int size) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // the type of x becomes another one late, so that what was staged before is read again
      records.add("{\"v\":%d,\"x\":%s}".formatted(i * 5, i < 50 ? "1" : "\"late\""));
    }
    ListSource source = ListSource.ofJson(ITEMS, records).withSplitsOf(size);

    Loading each = loading.with(3, 1);
    RunReport report = each.load(source);

    Laws.everyRecordIsCounted(report);
    assertThat(counts(report).quarantined()).isEqualTo(39);
    assertThat(destination.values(ASIDE, "payload")).hasSize(39).doesNotHaveDuplicates();
    assertThat(destination.rows("ns.items")).hasSize(21);
  }

  @Test
  void aLoadOfBadRowsOnlyMakesBothTables() {
    ResourceSpec resource = ITEMS.withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);

    load(ListSource.ofJson(resource, "{\"id\":1,\"v\":500}"));
    load(ListSource.ofJson(resource, "{\"id\":1,\"v\":5}"));

    assertThat(destination.values("ns.items", "v")).containsExactly(5L);
    assertThat(destination.rows(ASIDE)).hasSize(1);
  }

  @Test
  void allThatWouldBeDroppedIsKeptWhereTheResourceSaysSo() {
    ResourceSpec resource =
        ResourceSpec.named("items")
            .withContract(AT_MOST_HUNDRED)
            .withQuarantine(new Quarantine(Quarantine.Keep.ALL, Optional.empty()));

    RunReport report =
        load(
            ListSource.ofJson(resource, "{\"v\":1}", "{\"v\":", "{\"v\":1,\"v\":2}", "{\"v\":500}")
                .withOnError(OnError.CONTINUE));

    assertThat(counts(report).discarded()).isZero();
    assertThat(counts(report).quarantined()).isEqualTo(3);
    assertThat(destination.values(ASIDE, "rule"))
        .containsExactly("unreadable", "record", "max 100");
    assertThat(destination.values(ASIDE, "payload"))
        .containsExactly("", "{\"v\":1,\"v\":2}", "{\"v\":500}");
  }

  @Test
  void aRowThatIsDroppedByOneRuleAndKeptByAnotherIsKept() {
    SchemaContract contract =
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.DROP_ROW,
            Optional.empty(),
            List.of(
                column("a", OnViolation.DROP_ROW),
                column("b", OnViolation.QUARANTINE),
                column("c", OnViolation.NULL_VALUE)),
            List.of());
    ResourceSpec resource = ResourceSpec.named("items").withContract(contract);

    RunReport report =
        load(
            ListSource.ofJson(
                resource,
                "{\"a\":200,\"b\":200,\"c\":200}",
                "{\"a\":200,\"b\":1,\"c\":1}",
                "{\"a\":1,\"b\":1,\"c\":200}"));

    assertThat(counts(report).discarded()).isEqualTo(1);
    assertThat(destination.values(ASIDE, "payload"))
        .containsExactly("{\"a\":200,\"b\":200,\"c\":200}");
    assertThat(destination.values(ASIDE, "column_name")).containsExactly("b");
    assertThat(destination.values(ASIDE, "reason"))
        .containsExactly(
            "a is 200, expected max 100; b is 200, expected max 100; c is 200, expected max 100");
    assertThat(destination.values("ns.items", "a")).containsExactly(1L);
    assertThat(destination.values("ns.items", "c")).isEmpty();
  }

  private static ColumnContract column(String name, OnViolation onViolation) {
    return new ColumnContract(
        name,
        Optional.of(DataType.Simple.LONG),
        List.of(new Rule.AtMost(BigDecimal.valueOf(100), false)),
        Optional.of(onViolation));
  }

  @Test
  void aRunThatMeetsABadRecordAgainKeepsItNoSecondTime() {
    ResourceSpec since = ITEMS.withKey(List.of("id")).withIncremental(IncrementalSpec.on("id"));
    String[] records = {"{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":500}"};
    load(ListSource.ofJson(since, records));

    RunReport again = load(ListSource.ofJson(since, records));

    assertThat(again.status()).isEqualTo("nothing-to-do");
    assertThat(again.resources().get(0).cursorAfter().orElseThrow().value()).isEqualTo("2");
    assertThat(destination.rows(ASIDE)).hasSize(1);
  }

  @Test
  void nothingIsLoadedIntoAQuarantine() {
    load(ListSource.ofJson(ITEMS, "{\"v\":1}", "{\"v\":101}"));

    RunReport report =
        loading.tryLoad(
            ListSource.ofJson(ResourceSpec.named("items__quarantine"), "{\"payload\":\"x\"}"));

    assertThat(report.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(e.getMessage()).contains("is a quarantine");
            });
  }

  @Test
  void anotherTableOfThatNameIsNotWrittenTo() {
    load(ListSource.ofJson(ResourceSpec.named("items__quarantine"), "{\"mine\":1}"));

    RunReport report = loading.tryLoad(ListSource.ofJson(ITEMS, "{\"v\":1}", "{\"v\":101}"));

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_COLLISION));
    assertThat(destination.rows(ASIDE)).hasSize(1);
  }
}
