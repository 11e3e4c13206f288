package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Check;
import dev.firn.contract.ContractResult.CheckResult;
import dev.firn.contract.Evolution;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule.Unique.Scope;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that may come once in a table. */
class UniqueCasesTest {
  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination).with(2, 1);

  private static SchemaContract unique(OnViolation onViolation, String... columns) {
    Check check = new Check.Unique(List.of(columns), Scope.TABLE, Optional.empty());
    return new SchemaContract(
        "c",
        1,
        Optional.empty(),
        onViolation,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(check));
  }

  private static ResourceSpec append() {
    return ResourceSpec.named("t");
  }

  private static ResourceSpec merge() {
    return append().withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);
  }

  private RunReport load(ResourceSpec resource, String... records) {
    return loading.tryLoad(ListSource.ofJson(resource, List.of(records)).withSplitsOf(2));
  }

  private static List<CheckResult> checks(RunReport report) {
    return report.resources().get(0).contract().orElseThrow().checks();
  }

  @Test
  void aValueThatTheTableHasFailsAnAppend() {
    ResourceSpec resource = append().withContract(unique(OnViolation.FAIL, "mail"));
    load(resource, "{\"mail\":\"a\"}", "{\"mail\":\"b\"}", "{\"mail\":null}").throwIfFailed();

    RunReport other = load(resource, "{\"mail\":\"c\"}", "{\"mail\":null}");
    RunReport again = load(resource, "{\"mail\":\"d\"}", "{\"mail\":\"b\"}", "{\"mail\":\"a\"}");

    assertThat(other.error()).isEmpty();
    assertThat(again.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_VIOLATED);
              assertThat(e.getMessage())
                  .contains(
                      "not unique mail in the table: 2 rows of the table with values that came now");
            });
    assertThat(destination.values("ns.t", "mail")).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void repetitionsWithinTheLoadAreToldBesideThoseOfTheTable() {
    ResourceSpec resource = append().withContract(unique(OnViolation.WARN, "mail"));
    load(resource, "{\"mail\":\"a\"}", "{\"mail\":\"b\"}");

    RunReport report = load(resource, "{\"mail\":\"a\"}", "{\"mail\":\"a\"}").throwIfFailed();

    assertThat(checks(report))
        .containsExactly(
            new CheckResult(
                "unique mail in the table",
                false,
                false,
                "1 row with values that came before, 1 row of the table with values that came now"));
  }

  @Test
  void aMergeMayBringTheValuesOfTheRowsThatItReplaces() {
    ResourceSpec resource = merge().withContract(unique(OnViolation.FAIL, "mail"));
    load(resource, "{\"id\":1,\"mail\":\"a\"}", "{\"id\":2,\"mail\":\"b\"}").throwIfFailed();

    RunReport same = load(resource, "{\"id\":1,\"mail\":\"a\",\"x\":1}");
    RunReport swapped = load(resource, "{\"id\":1,\"mail\":\"b\"}", "{\"id\":2,\"mail\":\"a\"}");
    RunReport taken = load(resource, "{\"id\":3,\"mail\":\"a\"}");

    assertThat(same.error()).isEmpty();
    assertThat(swapped.error()).isEmpty();
    assertThat(taken.error()).map(e -> e.code()).contains(ErrorCode.CONTRACT_VIOLATED);
  }

  @Test
  void aReplacedTableHasOnlyTheValuesOfTheLoad() {
    ResourceSpec resource =
        append()
            .withDisposition(WriteDisposition.REPLACE)
            .withContract(unique(OnViolation.FAIL, "mail"));
    load(resource, "{\"mail\":\"a\"}").throwIfFailed();

    assertThat(load(resource, "{\"mail\":\"a\"}", "{\"mail\":\"b\"}").error()).isEmpty();
  }

  @Test
  void allColumnsOfACombinationCount() {
    ResourceSpec resource = append().withContract(unique(OnViolation.FAIL, "a", "b.c"));
    load(resource, "{\"a\":1,\"b\":{\"c\":\"x\"}}").throwIfFailed();

    assertThat(load(resource, "{\"a\":1,\"b\":{\"c\":\"y\"}}").error()).isEmpty();
    assertThat(load(resource, "{\"a\":1,\"b\":{\"c\":\"x\"}}").error()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "long           | 9007199254740993             | 9007199254740992",
        "double         | -0.1                         | 0.1",
        "double         | 7                            | 8",
        "float          | 0.1                          | 0.2",
        "decimal(38,9)  | 12345678901234567890000.1    | 12345678901234567890000.2",
        "decimal(10,2)  | 100                          | 100.01",
        "boolean        | true                         | false",
        "string         | \"2024-01-01T00:00:00Z\"     | \"2024-01-01T00:00:00+00:00\"",
        "timestamp      | \"2024-01-01T00:00:00.5Z\"   | \"2024-01-01T00:00:00.6Z\"",
        "timestamp_ntz  | \"2024-01-01T00:00:00\"      | \"2024-01-01T00:00:01\"",
        "date           | \"2024-01-01\"               | \"2024-01-02\"",
        "time           | \"10:00:00\"                 | \"10:00:01\"",
        "uuid           | \"00000000-0000-0000-0000-00000000000a\" | \"00000000-0000-0000-0000-00000000000b\"",
        "binary         | \"AAE=\"                     | \"AAI=\"",
      })
  void valuesOfEveryTypeAreFoundAgain(String type, String value, String other) {
    ResourceSpec resource =
        append()
            .withColumns(Map.of("v", DataType.parse(type).orElseThrow()))
            .withEvolution(Evolution.parse("columns=freeze,data-type=freeze"))
            .withContract(unique(OnViolation.FAIL, "v"));
    load(resource, "{\"v\":" + value + "}").throwIfFailed();

    assertThat(load(resource, "{\"v\":" + other + "}").error()).isEmpty();
    assertThat(load(resource, "{\"v\":" + value + "}").error())
        .map(e -> e.code())
        .contains(ErrorCode.CONTRACT_VIOLATED);
  }

  @Test
  void aColumnThatIsWidenedMeanwhileKeepsItsValues() {
    ResourceSpec narrow = append().withColumns(Map.of("v", Simple.INT32));
    load(narrow, "{\"v\":7}").throwIfFailed();
    ResourceSpec resource = append().withContract(unique(OnViolation.FAIL, "v"));

    assertThat(load(resource, "{\"v\":5000000000}", "{\"v\":7}").error()).isPresent();
    assertThat(load(resource, "{\"v\":5000000000}", "{\"v\":8}").error()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rowsOfTheTableAreCountedAsASetWouldCountThem(long seed) {
    Random random = new Random(seed);
    List<Integer> before = new ArrayList<>();
    List<Integer> now = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      before.add(random.nextInt(1000));
      now.add(random.nextInt(1000));
    }
    loading.load(ListSource.ofJson(append(), values(before)).withSplitsOf(7));
    Collections.shuffle(now, random);

    RunReport report =
        loading.load(
            ListSource.ofJson(append().withContract(unique(OnViolation.WARN, "v")), values(now))
                .withSplitsOf(7));

    long inLoad = now.size() - now.stream().distinct().count();
    long inTable = before.stream().filter(now::contains).count();
    assertThat(checks(report).get(0).found())
        .isEqualTo(
            inLoad
                + " rows with values that came before, "
                + inTable
                + " rows of the table with values that came now");
  }

  /** Loads, and when the first reading is staged another writer loads before it is committed. */
  private RunReport loadWhileAnother(ResourceSpec resource, String record, Runnable another) {
    AtomicBoolean first = new AtomicBoolean(true);
    LoadObserver observer =
        new LoadObserver() {
          @Override
          public void sealed(LoadId load) {
            if (first.getAndSet(false)) {
              another.run();
            }
          }
        };
    return run("p", resource, record, new RunOptions(Set.of(), observer));
  }

  private RunReport run(String pipeline, ResourceSpec resource, String record, RunOptions options) {
    DestinationSpec where =
        new DestinationSpec(
            "memory", "test", JsonNodeFactory.instance.objectNode(), Optional.of("ns"));
    PipelineSpec spec =
        new PipelineSpec(
            pipeline,
            loading.folder().resolve(pipeline),
            List.of(),
            where,
            Evolution.DEFAULT,
            Limits.DEFAULT);
    return Pipelines.run(spec, List.of(ListSource.ofJson(resource, record)), destination, options);
  }

  private void another(String record) {
    run("q", append(), record, RunOptions.DEFAULT).throwIfFailed();
  }

  @Test
  void aValueThatAnotherWriterBringsBetweenJudgingAndCommittingIsFound() {
    ResourceSpec resource = append().withContract(unique(OnViolation.FAIL, "mail"));
    load(resource, "{\"mail\":\"a\"}").throwIfFailed();

    RunReport same =
        loadWhileAnother(resource, "{\"mail\":\"b\"}", () -> another("{\"mail\":\"b\"}"));
    RunReport other =
        loadWhileAnother(resource, "{\"mail\":\"c\"}", () -> another("{\"mail\":\"d\"}"));

    assertThat(same.error()).map(e -> e.code()).contains(ErrorCode.CONTRACT_VIOLATED);
    assertThat(other.error()).isEmpty();
    assertThat(other.warnings())
        .anySatisfy(text -> assertThat(text).contains("another writer has changed it"));
    assertThat(destination.values("ns.t", "mail")).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  private static List<String> values(List<Integer> values) {
    return values.stream().map(value -> "{\"v\":" + value + "}").toList();
  }

  @Test
  void whereNobodyCanTellWhichRowsStayItIsRefused() {
    ResourceSpec keyed =
        append()
            .withDisposition(WriteDisposition.MERGE)
            .withRules(
                WriteRules.DEFAULT
                    .withStrategy(MergeStrategy.DELETE_INSERT)
                    .withMergeKey(List.of("day")))
            .withContract(unique(OnViolation.FAIL, "mail"));

    assertThat(load(keyed, "{\"day\":1,\"mail\":\"a\"}").error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(e.getMessage()).contains("unique mail in the table");
            });
  }
}
