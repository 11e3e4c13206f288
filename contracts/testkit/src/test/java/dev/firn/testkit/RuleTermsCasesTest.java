package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.contract.ContractFile;
import dev.firn.contract.ContractResult;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadCounts;
import dev.firn.pipeline.RunReport;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that say for themselves what becomes of those that break them, and how many may. */
class RuleTermsCasesTest {
  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private RunReport load(String columns, String... records) {
    String yaml = "{contract: c, on-violation: warn, columns: {" + columns + "}}";
    ResourceSpec resource =
        ResourceSpec.named("t").withContract(ContractFile.parse("c.yaml", yaml));
    RunReport report = loading.tryLoad(ListSource.ofJson(resource, records));
    if (report.error().isEmpty()) {
      Laws.everyRecordIsCounted(report);
    }
    return report;
  }

  private static LoadCounts counts(RunReport report) {
    return report.resources().get(0).counts();
  }

  private static ContractResult result(RunReport report) {
    return report.resources().get(0).contract().orElseThrow();
  }

  @Test
  void eachRuleOfAColumnGoesByItsOwnWord() {
    RunReport report =
        load(
            "v: {type: long, min: {value: 0, on-violation: quarantine},"
                + " max: {value: 100, on-violation: null-value}, enum: {value: [-1, 5, 50, 500], on-violation: drop-row}}",
            "{\"id\":1,\"v\":-1}",
            "{\"id\":2,\"v\":500}",
            "{\"id\":3,\"v\":6}",
            "{\"id\":4,\"v\":-7}",
            "{\"id\":5,\"v\":50}");

    assertThat(counts(report).quarantined()).isEqualTo(2);
    assertThat(counts(report).discarded()).isEqualTo(1);
    assertThat(destination.values("ns.t", "id")).containsExactlyInAnyOrder(2L, 5L);
    assertThat(destination.values("ns.t", "v")).containsExactly(50L);
    assertThat(destination.values("ns.t__quarantine", "rule")).containsOnly("min 0");
  }

  @Test
  void aRowThatIsFatalByOneRuleFailsTheLoadWhateverTheOthersSay() {
    String columns =
        "v: {type: long, on-violation: quarantine, max: {value: 9, on-violation: fail}, min: 0}";

    assertThat(load(columns, "{\"v\":-1}").error()).isEmpty();
    assertThat(load(columns, "{\"v\":-1}", "{\"v\":10}").error())
        .map(e -> e.code())
        .contains(ErrorCode.CONTRACT_VIOLATED);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "20%, false", "40%, true"})
  void eachRuleHasItsOwnBound(String most, boolean loads) {
    RunReport report =
        load(
            "v: {type: long, min: 0, max: {value: 9, max-bad-rows: " + most + "}}",
            "{\"v\":-1}",
            "{\"v\":-2}",
            "{\"v\":-3}",
            "{\"v\":10}",
            "{\"v\":11}");

    assertThat(report.error().isEmpty()).isEqualTo(loads);
    report
        .error()
        .ifPresent(e -> assertThat(e).hasMessageContaining("max-bad-rows of v max 9: " + most));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, 1, 0",
    "{on-violation: warn}, 2, 0, 0",
    "{on-violation: quarantine}, 1, 0, 1"
  })
  void aRowThatWouldLoseItsRequiredValueGoesByThatRule(
      String required, int loaded, int discarded, int quarantined) {
    RunReport report =
        load(
            "v: {type: long, max: 9, on-violation: null-value, required: " + required + "}",
            "{\"v\":1}",
            "{\"v\":10}");

    assertThat(destination.rows("ns.t")).hasSize(loaded);
    assertThat(counts(report).discarded()).isEqualTo(discarded);
    assertThat(counts(report).quarantined()).isEqualTo(quarantined);
    assertThat(result(report).rules()).containsExactly(new ContractResult.RuleResult("v max 9", 1));
  }

  @Test
  void whatComesTwiceIsToldWithItsValueAndItsPlace() {
    RunReport report =
        load(
            "id: {type: long, unique: true}, at: {type: date, unique: true}",
            "{\"id\":1,\"at\":\"2024-01-01\"}",
            "{\"id\":2,\"at\":\"2024-01-02\"}",
            "{\"id\":1,\"at\":\"2024-01-03\"}",
            "{\"id\":4,\"at\":\"2024-01-02\"}");

    assertThat(result(report).examples())
        .extracting(Violation::column, Violation::rule, Violation::value)
        .containsExactly(tuple("id", "unique", "1"), tuple("at", "unique", "2024-01-02"));
    assertThat(result(report).examples()).extracting(Violation::place).doesNotHaveDuplicates();
    assertThat(result(report).untold()).isZero();
  }

  @Test
  void whatComesOftenIsToldUpToABoundAndCountedBeyond() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      records.add("{\"id\":" + i / 2 + "}");
    }

    RunReport report = load("id: {type: long, unique: true}", records.toArray(new String[0]));

    assertThat(result(report).examples()).hasSize(20);
    assertThat(result(report).untold()).isEqualTo(30);
    assertThat(report.resources().get(0).warnings()).contains("and 30 more");
  }

  @Test
  void valuesThatTheTableHasAreTold() {
    load("mail: {type: string, unique: table}", "{\"mail\":\"a\"}", "{\"mail\":\"b\"}");

    RunReport report = load("mail: {type: string, unique: table}", "{\"mail\":\"b\"}");

    assertThat(result(report).examples())
        .containsExactly(new Violation("mail", "unique in the table", "'b'", "table ns.t"));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false"})
  void uniqueValuesHaveTheirOwnBoundToo(String most, boolean loads) {
    RunReport report =
        load(
            "id: {type: long, unique: {max-bad-rows: " + most + "}}",
            "{\"id\":1}",
            "{\"id\":1}",
            "{\"id\":2}");

    assertThat(report.error().isEmpty()).isEqualTo(loads);
  }
}
