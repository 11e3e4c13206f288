package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline remembers, shown, changed, carried elsewhere and lost with its folder. */
class StateCommandTest {
  private static final String PIPELINE =
      """
      pipeline: readings
      sources:
        drops:
          type: files
          resources:
            events: {path: "in/*.jsonl", table: raw.events, incremental: at, track: false}
      destination: {catalog: lake}
      catalogs: {lake: {type: jdbc, uri: "jdbc:sqlite:lake/catalog.db", warehouse: lake/tables}}
      """;

  @TempDir Path folder;
  private ExampleFolder project = new ExampleFolder(Path.of(""));

  @BeforeEach
  void load() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(folder.resolve("lake"));
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    write(1, 2);
    project = new ExampleFolder(folder);
    project.json("run");
  }

  private void write(int... values) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int value : values) {
      lines.append("{\"at\": ").append(value).append("}\n");
    }
    Files.writeString(folder.resolve("in/one.jsonl"), lines);
  }

  private JsonNode state() {
    return project.json("state", "show").path("resources").path(0);
  }

  private List<Integer> rows() {
    return project.rows("raw.events").stream().map(row -> row.path("at").asInt()).sorted().toList();
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void setMovesTheCursorAndTheNextRunBeginsThere() throws IOException {
    write(1, 2, 3);

    JsonNode set = project.json("state", "set", "drops.events", "--cursor", "3");

    assertThat(set.at("/resources/0/cursor/value").asText()).isEqualTo("3");
    assertThat(set.at("/resources/0/version").asInt()).isEqualTo(2);
    project.json("run");
    assertThat(rows()).containsExactly(1, 2, 3);
  }

  @Test
  void setRefusesWhatIsNoValueOfTheCursor() {
    CommandLineRun wrong = project.firn("state", "set", "events", "--cursor", "soon");
    CommandLineRun unknown = project.firn("state", "set", "evnts", "--cursor", "3");
    CommandLineRun column =
        project.firn("state", "set", "events", "--cursor", "3", "--column", "nothing");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.line("error")).contains("'soon' is no long");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.line("error")).contains("no resource 'evnts'");
    assertThat(column.line("error")).contains("no column 'nothing'");
    assertThat(state().path("version").asInt()).isEqualTo(1);
  }

  @Test
  void resetForgetsTheCursorButNeverGoesBackInVersions() {
    CommandLineRun which = project.firn("state", "reset");
    JsonNode reset = project.json("state", "reset", "events");

    assertThat(which.exitCode()).isEqualTo(2);
    assertThat(reset.at("/resources/0/cursor").isMissingNode()).isTrue();
    assertThat(reset.at("/resources/0/version").asInt()).isEqualTo(2);
    project.json("run");
    assertThat(rows()).containsExactly(1, 1, 2, 2); // an append that was told to begin anew
  }

  @Test
  void exportedStatesComeBackByImport() throws IOException {
    assertThat(project.firn("state", "export", "states.json").out()).contains("states.json");
    project.json("state", "reset", "--all");

    JsonNode imported = project.json("state", "import", "states.json");

    assertThat(imported.at("/resources/0/cursor/value").asText()).isEqualTo("2");
    assertThat(imported.at("/resources/0/cursor/boundary").asInt()).isEqualTo(1);
    assertThat(imported.at("/resources/0/version").asInt()).isEqualTo(3);
    assertThat(project.json("run").path("status").asText()).isEqualTo("nothing-to-do");
    assertThat(rows()).containsExactly(1, 2);
  }

  @Test
  void filesThatCannotBeImportedChangeNothing() throws IOException {
    project.firn("state", "export", "states.json");
    String good = Files.readString(folder.resolve("states.json"));
    Files.writeString(
        folder.resolve("newer.json"), good.replace("\"format\" : 1", "\"format\" : 2"));
    Files.writeString(
        folder.resolve("newer-state.json"), good.replace("\"format\":1", "\"format\":9"));
    Files.writeString(folder.resolve("other.json"), good.replace("readings", "sightings"));
    Files.writeString(folder.resolve("missing.json"), good.replace("raw.events", "raw.gone"));
    Files.writeString(folder.resolve("broken.json"), "{");

    assertThat(refusal("newer.json")).contains("newer Firn");
    assertThat(refusal("other.json")).contains("of pipeline 'sightings'");
    assertThat(refusal("missing.json")).contains("no table raw.gone");
    assertThat(refusal("broken.json")).contains("no JSON");
    assertThat(refusal("absent.json")).contains("cannot be used");
    assertThat(state().path("version").asInt()).isEqualTo(1);
  }

  @Test
  void anImportThatIsRepeatedChangesNothingMore() {
    project.firn("state", "export", "states.json");
    project.json("state", "reset", "events");
    project.json("state", "import", "states.json");

    JsonNode again = project.json("state", "import", "states.json");

    assertThat(again.at("/resources/0/cursor/value").asText()).isEqualTo("2");
    assertThat(again.at("/resources/0/version").asInt()).isEqualTo(3);
    assertThat(state().path("version").asInt()).isEqualTo(3);
  }

  @Test
  void resourcesOfOneNameAreToldApartByTheirSources() throws IOException {
    String more =
        PIPELINE.replace(
            "destination:",
            """
              more:
                type: files
                resources:
                  events: {path: "in/*.jsonl", table: raw.more, incremental: at, track: false}
            destination:""");
    Files.writeString(folder.resolve("pipeline.yaml"), more);
    project.json("run");

    CommandLineRun which = project.firn("state", "reset", "events");
    JsonNode one = project.json("state", "reset", "more.events");
    JsonNode all = project.json("state", "reset", "--all");

    assertThat(which.exitCode()).isEqualTo(2);
    assertThat(which.line("error")).contains("Several resources are named 'events'");
    assertThat(one.at("/resources/0/table").asText()).isEqualTo("raw.more");
    assertThat(all.path("resources").findValuesAsText("table"))
        .containsExactly("raw.events", "raw.more");
  }

  private String refusal(String file) {
    CommandLineRun run = project.firn("state", "import", file);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    return run.line("error");
  }

  @Test
  void theStateOutlivesTheProjectsWorkFolder() throws IOException {
    delete(folder.resolve(".firn"));
    write(1, 2, 3);

    project.json("run");

    assertThat(rows()).containsExactly(1, 2, 3);
  }

  @Test
  void anotherMachineGoesOnWhereThisOneEnded(@TempDir Path elsewhere) throws IOException {
    write(1, 2, 3);
    ExampleFolder other = new ExampleFolder(elsewhere);
    Files.createDirectories(elsewhere.resolve("in"));
    Files.copy(folder.resolve("in/one.jsonl"), elsewhere.resolve("in/one.jsonl"));
    Files.writeString(
        elsewhere.resolve("pipeline.yaml"),
        PIPELINE
            .replace("jdbc:sqlite:lake", "jdbc:sqlite:" + folder.resolve("lake"))
            .replace("warehouse: lake", "warehouse: " + folder.resolve("lake")));

    JsonNode report = other.json("run");

    assertThat(report.at("/resources/0/cursor/before").asText()).isEqualTo("2");
    assertThat(rows()).containsExactly(1, 2, 3);
    assertThat(project.json("run").path("status").asText()).isEqualTo("nothing-to-do");
  }

  @Test
  void refreshLoadsAnew() throws IOException {
    write(7);

    project.json("run", "--refresh", "drop-data");
    CommandLineRun wrong = project.firn("run", "--refresh", "everything");

    assertThat(rows()).containsExactly(7);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.line("hint")).contains("drop-sources, drop-resources, drop-data");
  }
}
