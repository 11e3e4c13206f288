package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What records that are left out make of the cursor. */
class LeftOutCursorTest {
  private static final String ASIDE = "ns.items__quarantine";
  private static final Check IN_ORDER =
      new Check.Expression("in order", "at >= since", Optional.empty());

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  /** Of numbers that are at most 100. */
  private static ColumnContract column(String name) {
    return new ColumnContract(
        name,
        Optional.of(DataType.Simple.LONG),
        List.of(new Rule.AtMost(BigDecimal.valueOf(100), false)),
        Optional.empty());
  }

  private static ResourceSpec items(
      String cursor, List<ColumnContract> columns, List<Check> checks) {
    SchemaContract contract =
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.QUARANTINE,
            Optional.empty(),
            columns,
            List.of(),
            checks);
    return ResourceSpec.named("items")
        .withContract(contract)
        .withIncremental(IncrementalSpec.on(cursor));
  }

  private String cursorAfter(ResourceSpec resource, String... records) {
    return cursorAfter(load(resource, records));
  }

  private static String cursorAfter(RunReport report) {
    return report.resources().get(0).cursorAfter().orElseThrow().value();
  }

  private RunReport load(ResourceSpec resource, String... records) {
    RunReport report = loading.load(ListSource.ofJson(resource, records));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  @Test
  void aBadRecordMovesTheCursor() {
    ResourceSpec items = items("at", List.of(column("v")), List.of());

    assertThat(cursorAfter(items, "{\"at\":1,\"v\":1}", "{\"at\":2,\"v\":500}")).isEqualTo("2");
  }

  @Test
  void aBadCursorMovesNothing() {
    ResourceSpec items = items("at", List.of(column("at"), column("v")), List.of());

    assertThat(
            cursorAfter(
                items, "{\"at\":1,\"v\":1}", "{\"at\":9999,\"v\":2}", "{\"at\":9999,\"v\":500}"))
        .isEqualTo("1");

    load(items, "{\"at\":1,\"v\":1}", "{\"at\":2,\"v\":3}");
    assertThat(destination.values("ns.items", "v")).containsExactly(1L, 3L);
    assertThat(destination.rows(ASIDE)).hasSize(2);
  }

  @Test
  void aCursorThatAConditionDoubtsMovesNothing() {
    ResourceSpec items = items("since", List.of(column("at"), column("since")), List.of(IN_ORDER));

    assertThat(cursorAfter(items, "{\"at\":3,\"since\":2}", "{\"at\":3,\"since\":9}"))
        .isEqualTo("2");
    assertThat(destination.rows(ASIDE)).hasSize(1);
  }

  @Test
  void aBadRecordThatIsCorrectedUnderItsCursorIsLoaded() {
    ResourceSpec items = items("at", List.of(column("v")), List.of()).withKey(List.of("id"));
    String good = "{\"id\":1,\"at\":7,\"v\":1}";
    String corrected = "{\"id\":2,\"at\":7,\"v\":50}";
    load(items, good, "{\"id\":2,\"at\":7,\"v\":500}");

    load(items, good, corrected);
    RunReport again = load(items, good, corrected);

    assertThat(destination.values("ns.items", "v")).containsExactly(1L, 50L);
    assertThat(destination.rows(ASIDE)).hasSize(1);
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }
}
