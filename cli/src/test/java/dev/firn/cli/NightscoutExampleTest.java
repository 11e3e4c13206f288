package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NightscoutExampleTest {
  private static final String TABLE = "raw.nightscout_entries";
  private static final String DAY_2 = "vars.day=day2";

  @TempDir Path folder;
  private ExampleFolder example = new ExampleFolder(Path.of(""));

  @BeforeEach
  void copyTheExample() {
    example = ExampleFolder.copy("nightscout", folder);
  }

  @Test
  void theFirstDayHasOneTypePerColumnWhateverTheOrderOfItsRecords() {
    example.json("run");

    JsonNode expected =
        ExampleFolder.expected("nightscout_entries_day1").at("/tables/nightscout_entries");
    assertThat(example.columns(TABLE))
        .isEqualTo(ExampleFolder.columns(expected.path("order_independent")));
    assertThat(example.rows(TABLE)).hasSize(144);
  }

  @Test
  void theLastReadingOfAnIdWinsWithinOneLoad() {
    example.json("run");
    Map<String, JsonNode> winners = example.winners("data/nightscout_entries_day1.jsonl", "_id");

    for (JsonNode row : example.rows(TABLE)) {
      JsonNode reading = winners.get(row.path("_id").asText());
      assertThat(row.path("sgv").asText("")).isEqualTo(reading.path("sgv").asText(""));
    }
    assertThat(example.rows(TABLE)).anyMatch(row -> row.path("sgv").asInt() == 199);
  }

  @Test
  void theSecondDayAddsColumnsAndCompanionsAndMovesNoOldValue() {
    example.json("run");
    List<JsonNode> before = example.rows(TABLE);

    JsonNode report = example.json("run", "--set", DAY_2).path("resources").path(0);

    JsonNode expected =
        ExampleFolder.expected("nightscout_entries_day2")
            .at("/recommended_day2_on_persisted_day1_schema/nightscout_entries/columns");
    assertThat(example.columns(TABLE)).isEqualTo(ExampleFolder.columns(expected));
    assertThat(report.at("/tables/0/inserted").asInt()).isEqualTo(144);
    assertThat(report.at("/tables/0/updated").asInt()).isEqualTo(1);
    List<JsonNode> after = example.rows(TABLE);
    assertThat(after).hasSize(288);
    assertThat(after).filteredOn(row -> row.path("_id").equals(late(before, after))).hasSize(1);
    for (Map.Entry<String, JsonNode> column : expected.properties()) {
      long filled =
          after.stream()
              .filter(row -> row.path("_firn_load_id").equals(report.path("loadId")))
              .filter(row -> !row.path(column.getKey()).isNull() && row.has(column.getKey()))
              .count();
      assertThat(filled)
          .as(column.getKey())
          .isEqualTo(column.getValue().path("non_null_in_day2").asLong());
    }
  }

  /** The id of day 1 that day 2 brings again. */
  private static JsonNode late(List<JsonNode> before, List<JsonNode> after) {
    return after.stream()
        .filter(row -> row.path("sgv").asInt() == 210)
        .map(row -> row.path("_id"))
        .filter(id -> before.stream().anyMatch(row -> row.path("_id").equals(id)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothDaysAgainChangeNothing() {
    example.json("run");
    example.json("run", "--set", DAY_2);
    int commits = example.commits(TABLE);
    List<JsonNode> rows = example.rows(TABLE);

    example.json("load", "data/nightscout_entries_day2.jsonl", TABLE, "--primary-key", "_id");
    example.json("run");
    example.json("run", "--set", DAY_2);

    assertThat(example.rows(TABLE)).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(example.commits(TABLE)).isEqualTo(commits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org.apache.iceberg.jdbc.JdbcCatalog", "org.apache.iceberg.hadoop.HadoopCatalog"})
  void bothDaysLandInACatalogThatIsNamedByItsClass(String type) throws IOException {
    Path pipeline = folder.resolve("pipeline.yaml");
    Files.writeString(
        pipeline,
        """
        catalogs:
          own:
            class: %s
            uri: jdbc:sqlite:%s/own.db
            warehouse: file://%s/own
        """
            .formatted(type, folder, folder),
        StandardOpenOption.APPEND);
    example.json("run");

    example.json("run", "--set", DAY_2);

    assertThat(example.rows(TABLE)).hasSize(288);
    assertThat(example.commits(TABLE)).isEqualTo(2);
    assertThat(folder.resolve("own/raw/nightscout_entries/metadata")).isDirectory();
  }

  @Test
  void aFrozenTableRefusesTheNewColumnAndKeepsItsRows() {
    example.json("run");

    CommandLineRun frozen = example.firn("run", "--set", DAY_2, "--profile", "frozen");

    assertThat(frozen.exitCode()).isEqualTo(3);
    assertThat(frozen.line("error")).contains("CONTRACT_FROZEN").contains(TABLE);
    assertThat(frozen.line("hint")).isNotEmpty();
    assertThat(example.rows(TABLE)).hasSize(144);
    assertThat(example.json("packages", "list").path("packages")).isEmpty();
  }

  @Test
  void discardedValuesLeaveTheirRows() {
    example.json("run");

    JsonNode report = example.json("run", "--set", DAY_2, "--profile", "values");

    assertThat(report.at("/resources/0/loaded").asInt()).isEqualTo(145);
    assertThat(example.columns(TABLE)).doesNotContainKeys("is_valid", "noise__level");
    assertThat(example.rows(TABLE)).hasSize(288);
  }

  @ParameterizedTest
  @CsvSource({"rows, 81, 64", "typed-rows, 113, 32", "known-rows, 49, 96"})
  void discardedRowsAreCounted(String profile, int kept, int dropped) {
    example.json("run");

    JsonNode report =
        example.json("run", "--set", DAY_2, "--profile", profile).path("resources").path(0);

    assertThat(report.path("read").asInt()).isEqualTo(145);
    assertThat(report.path("loaded").asInt()).isEqualTo(kept);
    assertThat(report.path("filtered").path("discarded").asInt()).isEqualTo(dropped);
  }
}
