package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contracts on the first day of the sample: what they find, and what becomes of it. */
class NightscoutContractTest {
  private static final String TABLE = "raw.nightscout_entries";
  private static final String KEY = "sources.nightscout.resources.entries.contract=";
  private static final String REAL =
      """
      contract: glucose
      version: 2
      on-violation: %s
      columns:
        _id:       { type: string, required: true, pattern: "^[a-f0-9]{24}$" }
        sgv:       { type: int, min: 20, max: 600 }
        direction: { type: string, enum: [Flat, FortyFiveUp, FortyFiveDown, SingleUp, SingleDown, DoubleUp, DoubleDown, NONE, NOT COMPUTABLE, RATE OUT OF RANGE] }
      """;
  private static final String LITERAL =
      """
      contract: seed
      on-violation: %s
      columns:
        _id:       { type: string, required: true, pattern: "^[a-f0-9]{24}$" }
        sgv:       { type: int, min: 20, max: 600 }
        direction: { type: string, enum: [Flat, Single Up, Double Up, Single Down, Double Down, "None"] }
        trend:     { type: int, enum: [-2, -1, 0, 1, 2] }
      """;

  @TempDir Path folder;
  private ExampleFolder example = new ExampleFolder(Path.of(""));

  @BeforeEach
  void copyTheExample() {
    example = ExampleFolder.copy("nightscout", folder);
  }

  private CommandLineRun run(String contract, String... words) throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), contract);
    List<String> all =
        new ArrayList<>(List.of("run", "--output", "json", "--set", KEY + "contract.yaml"));
    all.addAll(List.of(words));
    return example.firn(all.toArray(String[]::new));
  }

  private static List<String> warnings(CommandLineRun run) {
    List<String> lines = new ArrayList<>();
    run.document().at("/resources/0/warnings").forEach(line -> lines.add(line.asText()));
    return lines;
  }

  @Test
  void theRealContractFindsThreeViolationsWithTheirLines() throws IOException {
    CommandLineRun run = run(REAL.formatted("warn"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(warnings(run))
        .contains("contract glucose v2: 145 rows checked, 3 violations in 3 of them.")
        .contains("1 x _id pattern ^[a-f0-9]{24}$", "1 x sgv max 600", "1 x sgv min 20")
        .anyMatch(line -> line.contains("day1.jsonl:21: sgv is 12, expected min 20"))
        .anyMatch(line -> line.contains("day1.jsonl:22: sgv is 700, expected max 600"))
        .anyMatch(line -> line.contains("day1.jsonl:24: _id is '"));
    assertThat(example.rows(TABLE)).hasSize(144);
    assertThat(example.rows(TABLE)).anyMatch(row -> row.path("sgv").asLong() == 145);
  }

  @Test
  void theLiteralContractWarnsOfMostRowsAndLoadsThemAll() throws IOException {
    CommandLineRun run = run(LITERAL.formatted("warn"));

    assertThat(warnings(run))
        .contains("contract seed v1: 145 rows checked, 189 violations in 117 of them.")
        .anyMatch(line -> line.startsWith("104 x direction enum"))
        .anyMatch(line -> line.startsWith("82 x trend enum"))
        .contains("and 169 more");
    assertThat(example.rows(TABLE)).hasSize(144);
  }

  @ParameterizedTest
  @CsvSource({"glucose, 3, 3", "seed, 189, 117"})
  void aFailingContractLoadsNothingAndNamesEveryRule(String name, int violations, int rows)
      throws IOException {
    String contract = name.equals("seed") ? LITERAL : REAL;

    CommandLineRun run = run(contract.formatted("fail"));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.line("error"))
        .contains("CONTRACT_VIOLATED", TABLE)
        .contains(violations + " violations in " + rows + " of them");
    assertThat(run.err()).contains(name.equals("seed") ? ":16: " : ":21: ");
    assertThat(example.json("table", "list").path("tables")).isEmpty();
  }

  @Test
  void droppedRowsAreCountedAndGoneWithoutATrace() throws IOException {
    CommandLineRun run = run(REAL.formatted("drop-row"));

    JsonNode report = run.document().at("/resources/0");
    assertThat(report.at("/filtered/discarded").asInt()).isEqualTo(3);
    assertThat(report.path("read").asInt()).isEqualTo(145);
    assertThat(report.path("loaded").asInt() + report.at("/filtered/superseded").asInt())
        .isEqualTo(142);
    assertThat(example.rows(TABLE))
        .hasSize(141)
        .allMatch(row -> row.path("_id").asText().matches("[a-f0-9]{24}"))
        .noneMatch(row -> row.path("sgv").asInt() == 700 || row.path("sgv").asInt() == 12);
  }

  @Test
  void theWholeContractOfTheExampleFindsWhatItAsksFor() throws IOException {
    CommandLineRun run =
        run(
            REAL.formatted("warn").replace("required: true,", "required: true, unique: true,")
                + """
                checks:
                  - row-count: { min: 1 }
                  - freshness: { column: date_string, max-age: 2h, severity: warn }
                  - expression: { name: no_future, sql: "count(*) filter (where date_string > now()) = 0" }
                  - expression: "sgv is null or sgv > 0"
                """);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode contract = run.document().at("/resources/0/contract");
    assertThat(contract.path("checked").asInt()).isEqualTo(145);
    assertThat(contract.path("violations").asInt()).isEqualTo(3);
    assertThat(contract.at("/rules/1/rule").asText()).isEqualTo("sgv max 600");
    assertThat(contract.at("/examples/0/place").asText()).endsWith("day1.jsonl:21");
    assertThat(contract.at("/checks/0/held").asBoolean()).isTrue();
    assertThat(contract.at("/checks/0/found").asText()).isEqualTo("count(*) = 145");
    assertThat(contract.at("/checks/1/held").asBoolean()).isFalse();
    assertThat(contract.at("/checks/2/held").asBoolean()).isTrue();
    assertThat(contract.path("checks")).hasSize(3);
    assertThat(warnings(run)).anyMatch(line -> line.startsWith("not freshness date_string"));
  }

  @Test
  void rowsInQuarantineStandBesideTheTableWithTheirLines() throws IOException {
    CommandLineRun run = run(REAL.formatted("quarantine"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = run.document().at("/resources/0");
    assertThat(report.path("quarantined").asInt()).isEqualTo(3);
    assertThat(report.at("/filtered/discarded").asInt()).isZero();
    assertThat(report.at("/tables/1/name").asText()).isEqualTo(TABLE + "__quarantine");
    assertThat(example.rows(TABLE)).hasSize(141);
    List<JsonNode> aside = example.rows(TABLE + "__quarantine");
    assertThat(aside).hasSize(3).allMatch(row -> row.path("payload").asText().startsWith("{"));
    assertThat(aside)
        .extracting(row -> row.path("source").asText().replaceFirst(".*:", ""))
        .containsExactly("21", "22", "24");
    assertThat(aside)
        .extracting(row -> row.path("rule").asText())
        .containsExactly("min 20", "max 600", "pattern ^[a-f0-9]{24}$");
    assertThat(aside.get(0).path("reason").asText()).isEqualTo("sgv is 12, expected min 20");
  }

  @Test
  void rowsAreReplayedOnceUnderABetterContract() throws IOException {
    run(REAL.formatted("quarantine"));
    CommandLineRun list = example.firn("quarantine", "list", "--set", KEY + "contract.yaml");
    CommandLineRun show =
        example.firn("quarantine", "show", "entries", "--set", KEY + "contract.yaml");
    Files.writeString(
        folder.resolve("contract.yaml"),
        REAL.formatted("quarantine").replace("max: 600", "max: 700"));
    List<String> replay =
        List.of("quarantine", "replay", "--output", "json", "--set", KEY + "contract.yaml");

    CommandLineRun first = example.firn(replay.toArray(String[]::new));
    CommandLineRun second = example.firn(replay.toArray(String[]::new));

    assertThat(list.out())
        .contains("sgv min 20", "sgv max 600", "_id pattern")
        .contains("1 record");
    assertThat(show.out())
        .contains("day1.jsonl:22: sgv is 700, expected max 600")
        .contains("\"sgv\":700");
    assertThat(first.exitCode()).as(first.err()).isZero();
    JsonNode report = first.document().at("/resources/0");
    assertThat(report.path("read").asInt()).isEqualTo(3);
    assertThat(report.path("loaded").asInt()).isEqualTo(1);
    assertThat(report.path("quarantined").asInt()).isEqualTo(2);
    assertThat(second.document().path("status").asText()).isEqualTo("nothing-to-do");
    assertThat(example.rows(TABLE)).hasSize(142).anyMatch(row -> row.path("sgv").asInt() == 700);
    assertThat(example.rows(TABLE + "__quarantine"))
        .hasSize(2)
        .extracting(row -> row.path("source").asText().replaceFirst(".*:", ""))
        .containsExactly("21", "24");
  }

  @Test
  void aColumnMayTakeBackItsValueWhereOthersDropTheRow() throws IOException {
    String contract =
        REAL.formatted("drop-row").replace("max: 600", "max: 600, on-violation: null-value");

    CommandLineRun run = run(contract);

    JsonNode report = run.document().at("/resources/0");
    assertThat(report.at("/filtered/discarded").asInt()).isEqualTo(1);
    assertThat(report.at("/tables/0/valuesDiscarded").asInt()).isEqualTo(2);
    assertThat(example.rows(TABLE))
        .hasSize(143)
        .noneMatch(row -> row.path("sgv").asInt() == 700 || row.path("sgv").asInt() == 12);
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "2, 3", "2.1%, 0", "2%, 3"})
  void moreBadRowsThanAllowedFailTheLoad(String most, int exitCode) throws IOException {
    String contract = REAL.formatted("drop-row") + "max-bad-rows: " + most + "\n";

    CommandLineRun run = run(contract);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.line("error").contains("max-bad-rows: " + most)).isEqualTo(exitCode == 3);
    assertThat(run.line("hint").contains("raise max-bad-rows")).isEqualTo(exitCode == 3);
  }

  @Test
  void theLinesOfAFailureStandBelowItsResource() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), REAL.formatted("fail"));

    CommandLineRun run = example.firn("run", "--set", KEY + "contract.yaml");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("  entries  FAILED CONTRACT_VIOLATED Table");
    assertThat(run.out().lines().filter(line -> line.contains("1 x sgv max 600")))
        .singleElement()
        .asString()
        .startsWith(" ".repeat("  entries  ".length()));
  }

  @Test
  void aColumnThatNeverComesIsToldOfAndARequiredOneIsMissedInEachRow() throws IOException {
    CommandLineRun run =
        run(
            "on-violation: warn\ncolumns: {ghost: {type: long}, spirit: {type: long, required: true}}");

    assertThat(warnings(run))
        .contains("Contract contract.yaml: column 'ghost' never came.")
        .contains("145 x spirit required")
        .anyMatch(line -> line.endsWith("day1.jsonl:1: spirit is null, expected required"));
  }

  @Test
  void aPatternThatGoesBackAndForthWithoutEndIsNoMatch() throws IOException {
    CommandLineRun run =
        run("on-violation: warn\ncolumns: {device: {type: string, pattern: '^((.+)+)+\\\\d{9}$'}}");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(warnings(run)).anyMatch(line -> line.contains(" x device pattern "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns: {sgv: {type: int, min: 9, max: 2}}     | contract.yaml:1:41 | can keep both min 9 and max 2",
        "columns: {sgv: {type: int, minimum: 9}}         | contract.yaml:1:28 | Unknown key 'minimum' in column 'sgv'",
        "columns: {sgv: {min: 9}}                        | contract.yaml:1:22 | needs a type of numbers",
        "columns: {_id: {type: string, pattern: '(a'}}   | contract.yaml:1:40 | no regular expression",
        "columns: {sgv: {type: int, enum: [1, x]}}       | contract.yaml:1:34 | 'x' in the enum of column 'sgv'",
        "columns: {sgv: {type: int, enum: []}}           | contract.yaml:1:34 | allows no value",
        "columns: {sgv: {type: int, enum: [1, 2], min: 9}} | contract.yaml:1:34 | keeps its other rules",
        "columns: {t: {type: string, enum: [a, bc], max-length: 0}} | contract.yaml:1:35 | keeps its other rules",
        "columns: {sgv: {type: int, unique: twice}}      | contract.yaml:1:36 | 'twice' is no value of 'unique'",
        "on-violation: quarantined                       | contract.yaml:1:15 | no value of 'on-violation'",
        "max-bad-rows: 101%                              | contract.yaml:1:15 | no number of rows",
        "version: 2                                      | contract.yaml:1:1  | No 'columns'",
        "columns: {sgv: {type: int, format: email}}      | contract.yaml:1:36 | 'format' in column 'sgv' needs type: string",
        "checks: [row-count: {min: 3, max: 2}]           | contract.yaml:1:35 | at least 3 and at most 2 rows",
        "checks: [row-count: {least: 3}]                 | contract.yaml:1:22 | Unknown key 'least'",
        "checks: [expression: 'sgv >']                   | contract.yaml:1:22 | a value is missing at its character 6",
        "checks: [freshness: {column: date}]             | contract.yaml:1:21 | No 'max-age' in check 'freshness'",
        "checks: [null-share: {column: a, max: 5}]       | contract.yaml:1:39 | '5' is no share"
      })
  void aMistakeInAContractHasItsPlace(String contract, String place, String message)
      throws IOException {
    CommandLineRun run = run(contract);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(place + ": ").contains(message);
  }

  @Test
  void theCompiledPipelineHoldsTheContractItself() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), REAL.formatted("warn"));
    CommandLineRun compiled = example.firn("compile", "--set", KEY + "contract.yaml");
    Files.delete(folder.resolve("contract.yaml"));
    Files.writeString(folder.resolve("pipeline.yaml"), compiled.out());

    CommandLineRun run = example.firn("run", "--output", "json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(warnings(run))
        .contains("contract glucose v2: 145 rows checked, 3 violations in 3 of them.");
  }

  @Test
  void aContractThatIsNotThereIsAMistakeOfThePipeline() {
    CommandLineRun run = example.firn("validate", "--set", KEY + "nowhere.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.line("error")).contains("The contract nowhere.yaml cannot be read");
  }

  @Test
  void aColumnUnderBothOfItsNamesIsAMistake() throws IOException {
    CommandLineRun run = run("columns: {dateString: timestamp, date_string: timestamp}");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.line("error")).contains("are both the column date_string");
  }
}
