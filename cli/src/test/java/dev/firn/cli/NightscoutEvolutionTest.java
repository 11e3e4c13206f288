package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each entity under each mode makes of a second day that the first did not foresee. */
class NightscoutEvolutionTest {
  private static final String TABLE = "raw.nightscout_entries";
  private static final int DAY_1_ROWS = 144;
  private static final List<String> DAY_2 = List.of("--set", "vars.day=day2");

  @TempDir Path folder;
  private ExampleFolder example = new ExampleFolder(Path.of(""));

  @BeforeEach
  void copyTheExample() {
    example = ExampleFolder.copy("nightscout", folder);
  }

  private CommandLineRun day2(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--output", "json"));
    all.addAll(DAY_2);
    all.addAll(List.of(words));
    return example.firn(all.toArray(String[]::new));
  }

  /**
   * @param added the columns of day 2 that the table has afterwards
   * @param kept records of day 2 that were loaded; all but the late one are new rows
   * @param message what the error says, where the run fails
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tables=evolve           | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "tables=freeze           | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "tables=discard_row      | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "tables=discard_value    | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "columns=evolve          | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "columns=freeze          |                            | 0   | 0  | 3 | its columns are frozen but a record brings the new column 'is_valid'",
        "columns=discard_row     | rssi__v_text trend__v_double | 81  | 64 | 0 |",
        "columns=discard_value   | rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "data-type=evolve        | is_valid noise__label noise__level rssi__v_text trend__v_double | 145 | 0  | 0 |",
        "data-type=freeze        |                            | 0   | 0  | 3 | column 'rssi' is frozen as long but a record brings the string 'n/a'",
        "data-type=discard_row   | is_valid noise__label noise__level | 113 | 32 | 0 |",
        "data-type=discard_value | is_valid noise__label noise__level | 145 | 0  | 0 |"
      })
  void theSecondDayMeetsTheTableOfTheFirst(
      String modes, String added, int kept, int discarded, int exitCode, String message) {
    example.json("run");
    TreeSet<String> columns = new TreeSet<>(example.columns(TABLE).keySet());

    CommandLineRun run = day2("--evolution", modes);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    if (added != null) {
      columns.addAll(Arrays.asList(added.split(" ")));
    }
    assertThat(example.columns(TABLE).keySet()).containsExactlyInAnyOrderElementsOf(columns);
    if (exitCode != 0) {
      assertThat(run.line("error")).contains("CONTRACT_FROZEN", TABLE, message);
      assertThat(run.line("hint")).contains("evolution." + modes.split("=")[0]);
      assertThat(example.rows(TABLE)).hasSize(DAY_1_ROWS);
      return;
    }
    JsonNode report = run.document().at("/resources/0");
    int inserted = report.at("/tables/0/inserted").asInt();
    int updated = report.at("/tables/0/updated").asInt();
    assertThat(report.path("loaded").asInt()).isEqualTo(kept).isEqualTo(inserted + updated);
    assertThat(report.at("/filtered/discarded").asInt()).isEqualTo(discarded);
    assertThat(example.rows(TABLE)).hasSize(DAY_1_ROWS + inserted);
  }

  @ParameterizedTest
  @CsvSource({
    "tables=evolve,144,0,0",
    "tables=freeze,0,0,3",
    "tables=discard_row,0,145,0",
    "tables=discard_value,0,145,0",
    "columns=freeze,144,0,0",
    "columns=discard_row,144,0,0",
    "columns=discard_value,144,0,0",
    "data-type=freeze,144,0,0",
    "data-type=discard_row,144,0,0",
    "data-type=discard_value,144,0,0"
  })
  void onlyTheModeOfTablesKeepsTheFirstDayOut(String modes, int rows, int discarded, int exitCode) {
    CommandLineRun run = example.firn("run", "--evolution", modes, "--output", "json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    if (exitCode != 0) {
      assertThat(run.line("error"))
          .contains("CONTRACT_FROZEN", TABLE, "does not exist and tables are frozen");
    } else {
      JsonNode report = run.document().at("/resources/0");
      assertThat(report.at("/filtered/discarded").asInt()).isEqualTo(discarded);
    }
    if (rows == 0) {
      assertThat(example.json("table", "list").path("tables")).isEmpty();
    } else {
      assertThat(example.rows(TABLE)).hasSize(rows);
    }
  }

  /** The nearest level is taken whole: what it does not say evolves, whatever lies further out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evolution=freeze                                        |                              | 3",
        "evolution=freeze sources.nightscout.evolution=evolve    |                              | 0",
        "sources.nightscout.evolution=freeze                     |                              | 3",
        "sources.nightscout.evolution=freeze sources.nightscout.resources.entries.evolution={columns:discard_value} | | 0",
        "sources.nightscout.resources.entries.evolution=freeze   |                              | 3",
        "sources.nightscout.resources.entries.evolution=freeze   | data-type=discard_value      | 0",
        "evolution=evolve sources.nightscout.resources.entries.evolution=evolve | freeze        | 3"
      })
  void theRunComesBeforeTheResourceTheSourceAndThePipeline(
      String settings, String option, int exitCode) {
    example.json("run");
    List<String> words = new ArrayList<>();
    for (String each : settings.split(" ")) {
      words.addAll(List.of("--set", each.replace(":", ": ")));
    }
    if (option != null) {
      words.addAll(List.of("--evolution", option));
    }

    CommandLineRun run = day2(words.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
  }

  @Test
  void anEmptyDayMakesNoTableWhoseKeyHasNoTypeYet() throws IOException {
    Files.writeString(folder.resolve("data/nightscout_entries_day1.jsonl"), "");

    JsonNode report = example.json("run");

    assertThat(report.path("status").asText()).isEqualTo("nothing-to-do");
    assertThat(example.json("table", "list").path("tables")).isEmpty();
  }

  @Test
  void aWordThatIsNoModeIsAMistakeOfTheCommandLine() {
    CommandLineRun mode = example.firn("run", "--evolution", "columns=melt");
    CommandLineRun entity = example.firn("plan", "--evolution", "rows=freeze");

    assertThat(mode.exitCode()).isEqualTo(2);
    assertThat(mode.line("error")).contains("'melt' is no contract mode");
    assertThat(entity.exitCode()).isEqualTo(2);
    assertThat(entity.line("error")).contains("'rows' is nothing that evolves");
  }
}
