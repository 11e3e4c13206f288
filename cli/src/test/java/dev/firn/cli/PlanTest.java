package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path folder;

  @BeforeEach
  void aTableAndInputWithMore() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"n\":5}\n");
    CommandLineRun.in(folder, "load", "a.jsonl", "raw.t");
    Files.writeString(
        folder.resolve("b.jsonl"),
        "{\"id\":2,\"n\":\"five\",\"note\":\"x\",\"tags\":[{\"k\":1}]}\n");
  }

  @Test
  void whatEvolutionKeepsOutIsShown() throws IOException {
    evolution("discard_value");

    CommandLineRun plan = CommandLineRun.in(folder, "plan");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("raw.t  KEEP")
        .contains("  - column note string  DROPPED (evolution.columns: discard_value)")
        .contains("  - column n__v_text string  DROPPED (evolution.data-type: discard_value)")
        .contains("raw.t__tags  DROPPED (evolution.tables: discard_value)")
        .doesNotContain("+ column");
  }

  @Test
  void rowsThatGoWithItAreShown() throws IOException {
    evolution("discard_row");

    JsonNode plan = CommandLineRun.in(folder, "plan", "--output", "json").document();

    JsonNode dropped = plan.path("resources").path(0).path("tables").path(0).path("dropped");
    assertThat(dropped.findValuesAsText("what"))
        .contains("column note string", "column n__v_text string");
    assertThat(dropped.findValuesAsText("mode")).containsOnly("discard_row");
    assertThat(CommandLineRun.in(folder, "plan").out()).contains("rows with it DROPPED");
  }

  @Test
  void aPlanWithoutNewInputSaysSo() throws IOException {
    evolution("evolve");
    CommandLineRun.in(folder, "run");

    assertThat(CommandLineRun.in(folder, "plan").out())
        .startsWith("r  NOTHING NEW TO READ\n  write     append");
    assertThat(CommandLineRun.in(folder, "table", "list").out())
        .matches("(?s)raw.t +2 rows\\Rraw.t__tags +1 row\\R");
  }

  @Test
  void nothingIsDroppedWhereEverythingEvolves() throws IOException {
    evolution("evolve");

    assertThat(CommandLineRun.in(folder, "plan").out())
        .contains("+ column note string")
        .doesNotContain("DROPPED");
  }

  @Test
  void aLoadCanBePlannedToo() {
    CommandLineRun plan = CommandLineRun.in(folder, "load", "b.jsonl", "raw.t", "--dry-run");

    assertThat(plan.out())
        .as(plan.err())
        .contains("raw.t  MODIFY")
        .contains("+ column note string")
        .endsWith("No changes were made.\n");
    assertThat(CommandLineRun.in(folder, "table", "show", "raw.t").out()).contains("1 row");
  }

  @Test
  void aChildTableIsNoTarget() throws IOException {
    CommandLineRun.in(folder, "load", "b.jsonl", "raw.u");

    CommandLineRun load = CommandLineRun.in(folder, "load", "a.jsonl", "raw.u__tags");

    assertThat(load.exitCode()).isEqualTo(2);
    assertThat(load.line("error")).contains("raw.u__tags holds the child rows of another table");
  }

  private void evolution(String mode) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: p
        evolution: %s
        sources: {s: {type: files, resources: {r: {path: b.jsonl, table: raw.t}}}}
        """
            .formatted(mode));
  }
}
