package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.BadRows;
import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.source.ResourceSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What contracts ask of rows together, and how many of them may be bad. */
class CheckCasesTest {
  private static final Optional<OnViolation> AS_CONTRACT = Optional.empty();

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private static SchemaContract contract(
      OnViolation onViolation, List<ColumnContract> columns, Check... checks) {
    return new SchemaContract(
        "c",
        1,
        Optional.empty(),
        onViolation,
        Optional.empty(),
        columns,
        List.of(),
        List.of(checks));
  }

  private RunReport load(SchemaContract contract, String... records) {
    return load(ResourceSpec.named("t").withContract(contract), List.of(records));
  }

  private RunReport load(ResourceSpec resource, List<String> records) {
    RunReport report =
        loading.with(2, 1).tryLoad(ListSource.ofJson(resource, records).withSplitsOf(2));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static ContractResult result(RunReport report) {
    return report.resources().get(0).contract().orElseThrow();
  }

  private static void assertRefused(RunReport report, String... words) {
    assertThat(report.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_VIOLATED);
              assertThat(e.getMessage()).contains(words);
            });
  }

  private static Check sql(String condition) {
    return new Check.Expression("it", condition, AS_CONTRACT);
  }

  private static ColumnContract whole(String name) {
    return new ColumnContract(name, Optional.of(DataType.Simple.LONG), List.of(), AS_CONTRACT);
  }

  @Test
  void aConditionOnARowNeedsTypesThatNoOtherRowCanChange() {
    RunReport report =
        load(contract(OnViolation.WARN, List.of(whole("a")), sql("a > b")), "{\"a\":1,\"b\":2}");

    assertThat(report.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(e.getMessage()).contains("no type is declared for its column 'b'");
            });
    loading.load(ListSource.ofJson(ResourceSpec.named("t"), "{\"a\":1,\"b\":0}"));
    SchemaContract committed = contract(OnViolation.FAIL, List.of(), sql("a > b"));
    assertThat(load(committed, "{\"a\":2,\"b\":1}").error()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aConditionOnTheValuesOfARowIsARule(OnViolation onViolation) {
    RunReport report =
        load(
            contract(
                onViolation, List.of(whole("started"), whole("ended")), sql("ended >= started")),
            "{\"id\":1,\"started\":1,\"ended\":2}",
            "{\"id\":2,\"started\":3,\"ended\":2}",
            "{\"id\":3,\"started\":3}");

    boolean failed = onViolation == OnViolation.FAIL;
    assertThat(report.error().isPresent()).isEqualTo(failed);
    if (failed) {
      assertRefused(
          report, "it is (ended 2, started 3), expected ended >= started", "split 0, record at 1");
      return;
    }
    boolean stays = onViolation == OnViolation.WARN;
    assertThat(destination.values("ns.t", "id"))
        .isEqualTo(stays ? List.of(1L, 2L, 3L) : List.of(1L, 3L));
    assertThat(result(report).badRows()).isEqualTo(1);
    assertThat(destination.rows("ns.t__quarantine"))
        .hasSize(onViolation == OnViolation.QUARANTINE ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count(*) >= 3                              | true",
        "count(*) > 3                               | false",
        "count(*) filter (where v > 1) = 1          | true",
        "sum(v) = 3 and avg(v) < 2                  | true",
        "max(at) <= now()                           | true",
        "min(at) > timestamp '2024-01-02T00:00:00Z' | false",
        "max(nowhere) > 3                           | true",
      })
  void aConditionWithAggregatesIsOfTheLoad(String condition, boolean holds) {
    RunReport report =
        load(
            contract(OnViolation.FAIL, List.of(), sql(condition)),
            "{\"v\":1,\"at\":\"2024-01-01T00:00:00Z\"}",
            "{\"v\":2,\"at\":\"2024-01-03T00:00:00Z\"}",
            "{\"w\":1}");

    assertThat(report.error().isEmpty()).isEqualTo(holds);
    if (!holds) {
      assertRefused(report, "not it: ", " = ");
      assertThat(destination.metadata().tables()).isEmpty();
    }
  }

  @Test
  void theBuiltInChecksSayWhatTheyFound() {
    SchemaContract contract =
        contract(
            OnViolation.WARN,
            List.of(),
            new Check.RowCount(OptionalLong.of(5), OptionalLong.empty(), AS_CONTRACT),
            new Check.RowCount(OptionalLong.of(1), OptionalLong.of(4), AS_CONTRACT),
            new Check.Freshness("at", Duration.ofHours(2), AS_CONTRACT),
            new Check.NullShare("v", BigDecimal.valueOf(40), AS_CONTRACT),
            new Check.NullShare("v", BigDecimal.valueOf(60), AS_CONTRACT));

    RunReport report = load(contract, "{\"v\":1,\"at\":\"2024-01-01T00:00:00Z\"}", "{\"v\":null}");

    assertThat(result(report).checks())
        .extracting(check -> check.check() + ": " + check.held())
        .containsExactly(
            "row-count min 5: false",
            "row-count min 1 max 4: true",
            "freshness at max-age PT2H: false",
            "null-share v max 40%: false",
            "null-share v max 60%: true");
    assertThat(result(report).checks().get(0).found()).isEqualTo("count(*) = 2");
    assertThat(result(report).checks().get(2).found())
        .isEqualTo("max(\"at\") = 2024-01-01T00:00:00Z");
    assertThat(report.resources().get(0).warnings()).contains("not row-count min 5: count(*) = 2");
  }

  @Test
  void rowsThatAreLeftOutDoNotCount() {
    ColumnContract small =
        new ColumnContract(
            "v",
            Optional.of(DataType.Simple.LONG),
            List.of(new Rule.AtMost(BigDecimal.TEN, false)),
            Optional.of(OnViolation.QUARANTINE));
    Check two =
        new Check.RowCount(OptionalLong.of(2), OptionalLong.empty(), Optional.of(OnViolation.FAIL));

    assertRefused(
        load(contract(OnViolation.WARN, List.of(small), two), "{\"v\":1}", "{\"v\":11}"),
        "count(*) = 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50})
  void valuesThatMayComeOnceAreCountedHoweverTheInputIsCut(int size) {
    ColumnContract unique =
        new ColumnContract("id", Optional.empty(), List.of(new Rule.Unique()), AS_CONTRACT);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      // a late change of type makes workers read splits again
      records.add("{\"id\":%d,\"x\":%s}".formatted(i % 20, i < 25 ? "1" : "\"late\""));
    }
    records.add("{\"id\":null}");
    records.add("{\"id\":null}");
    ResourceSpec resource =
        ResourceSpec.named("t").withContract(contract(OnViolation.WARN, List.of(unique)));

    RunReport report =
        loading.with(3, 1).load(ListSource.ofJson(resource, records).withSplitsOf(size));

    assertThat(result(report).checks())
        .containsExactly(
            new ContractResult.CheckResult(
                "unique id", false, false, "10 rows with values that came before"));
    assertThat(result(report).examples())
        .extracting(Violation::value)
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void uniqueValuesPassAndRepeatedCombinationsFail() {
    Check both = new Check.Unique(List.of("a", "b"), AS_CONTRACT);
    SchemaContract contract = contract(OnViolation.FAIL, List.of(), both);

    assertThat(load(contract, "{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":2}").error()).isEmpty();
    assertRefused(
        load(contract, "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":1}"),
        "not unique a, b: 1 row with values that came before");
  }

  @Test
  void theKeyOfAMergeIsUniqueByItself() {
    ColumnContract unique =
        new ColumnContract("id", Optional.empty(), List.of(new Rule.Unique()), AS_CONTRACT);
    ResourceSpec merge =
        ResourceSpec.named("t")
            .withKey(List.of("id"))
            .withDisposition(WriteDisposition.MERGE)
            .withContract(contract(OnViolation.FAIL, List.of(unique)));

    assertThat(load(merge, List.of("{\"id\":1}", "{\"id\":1}")).error()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "50%, true", "0, false", "49%, false"})
  void aColumnHasItsOwnBound(String most, boolean loads) {
    ColumnContract small =
        new ColumnContract(
            "V",
            Optional.of(DataType.Simple.LONG),
            List.of(new Rule.AtMost(BigDecimal.TEN, false)),
            Optional.of(OnViolation.DROP_ROW),
            Optional.of(BadRows.parse(most)));

    RunReport report = load(contract(OnViolation.WARN, List.of(small)), "{\"V\":1}", "{\"V\":11}");

    assertThat(report.error().isEmpty()).isEqualTo(loads);
    if (!loads) {
      assertRefused(report, "max-bad-rows of V: " + most);
    }
  }

  @Test
  void theReportTellsOfEveryRule() {
    ColumnContract email =
        new ColumnContract(
            "m",
            Optional.of(DataType.Simple.STRING),
            List.of(new Rule.Format(Rule.Format.Kind.EMAIL), new Rule.MaxLength(6)),
            AS_CONTRACT);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      records.add("{\"m\":\"no mail at all\"}");
    }
    records.add("{\"m\":\"a@b.cd\"}");
    ResourceSpec resource =
        ResourceSpec.named("t").withContract(contract(OnViolation.WARN, List.of(email)));

    ContractResult result = result(load(resource, records));

    assertThat(result.checked()).isEqualTo(16);
    assertThat(result.badRows()).isEqualTo(15);
    assertThat(result.rules())
        .containsExactly(
            new ContractResult.RuleResult("m format email", 15),
            new ContractResult.RuleResult("m max-length 6", 15));
    assertThat(result.examples()).hasSize(20);
    assertThat(result.untold()).isEqualTo(10);
  }
}
