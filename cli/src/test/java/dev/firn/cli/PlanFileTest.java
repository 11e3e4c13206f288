package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is kept is done exactly, or not at all. */
class PlanFileTest {
  @TempDir Path folder;

  @BeforeEach
  void aTableAndInputWithMore() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"n\":5}\n");
    CommandLineRun.in(folder, "load", "a.jsonl", "raw.t");
    Files.writeString(
        folder.resolve("b.jsonl"), "{\"id\":2,\"n\":5,\"note\":\"x\",\"tags\":[{\"k\":1}]}\n");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: p
        sources:
          s: { type: files, resources: { r: { path: b.jsonl, table: raw.t } } }
        """);
    CommandLineRun plan = firn("plan", "--out", "p.json");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("raw.t  MODIFY", "raw.t__tags  CREATE", "The plan is in");
  }

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }

  private void refuses(String message) {
    CommandLineRun run = firn("run", "--plan", "p.json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.line("error")).contains("PLAN_OUTDATED", message);
    assertThat(run.line("hint")).contains("firn plan --out");
  }

  @Test
  void aPlanThatStillFitsIsDone() {
    CommandLineRun run = firn("run", "--plan", "p.json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(firn("table", "show", "raw.t").out()).contains("note", "2 rows");
    refuses("Table raw.t changed (+ column note string");
  }

  @Test
  void aTableThatAnotherLoadChangedIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("c.jsonl"), "{\"id\":3,\"n\":0.5,\"more\":true}\n");
    firn("load", "c.jsonl", "raw.t");

    refuses("Table raw.t changed (");

    assertThat(firn("table", "show", "raw.t").out()).contains("2 rows").doesNotContain("note");
  }

  @Test
  void rowsThatOthersAddDoNotMatter() throws IOException {
    Files.writeString(folder.resolve("c.jsonl"), "{\"id\":3,\"n\":7}\n");
    firn("load", "c.jsonl", "raw.t");

    assertThat(firn("run", "--plan", "p.json").exitCode()).isZero();
    assertThat(firn("table", "show", "raw.t").out()).contains("3 rows");
  }

  @Test
  void inputThatAsksForMoreThanThePlanShowsIsLeftAlone() throws IOException {
    Files.writeString(
        folder.resolve("b.jsonl"), "{\"id\":2,\"note\":\"x\",\"later\":1,\"l\":[1]}\n");

    refuses("raw.t: + column later long; + table raw.t__l");

    assertThat(firn("table", "show", "raw.t").out()).contains("1 row").doesNotContain("later");
  }

  @Test
  void aTableThatWasMadeMeanwhileIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("c.jsonl"), "{\"k\":1}\n");
    firn("load", "c.jsonl", "raw.u");
    replace("raw.t", "raw.u");
    firn("plan", "--out", "p.json");
    replace("raw.u", "raw.v");
    CommandLineRun another = firn("run", "--plan", "p.json");

    assertThat(another.line("error")).contains("PLAN_OUTDATED", "Table raw.u was dropped");
  }

  private void replace(String from, String to) throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  @Test
  void anotherPipelineOrDispositionHasNoUseForIt() throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    String yaml = Files.readString(file);
    Files.writeString(file, yaml.replace("pipeline: p", "pipeline: q"));
    refuses("The plan is for the pipeline p, but this is q.");

    Files.writeString(file, yaml.replace("table: raw.t", "table: raw.t, primary-key: id"));
    refuses("The plan is for the write-disposition of r append, but this is merge.");
  }

  @Test
  void whatIsNoPlanIsTold() throws IOException {
    Files.writeString(folder.resolve("p.json"), "{\"format\":1}");
    CommandLineRun run = firn("run", "--plan", "p.json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.line("error")).contains("INVALID_CONFIG", "The file is no plan");

    assertThat(firn("run", "--plan", "none.json").line("error"))
        .contains("UNREADABLE_PATH", "none.json cannot be read");
    assertThat(firn("run", "--plan", "p.json", "--select", "r").exitCode()).isEqualTo(2);
    CommandLineRun nowhere = firn("plan", "--out", "no/such/folder/p.json");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.line("error")).contains("cannot be written");
  }
}
