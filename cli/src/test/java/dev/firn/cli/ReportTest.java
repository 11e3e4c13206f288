package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says about resources that did not go well, in text and in JSON. */
class ReportTest {
  private static final String FAULT = "in/a.jsonl:2:8: found the end of the line";

  @TempDir Path folder;

  @BeforeEach
  void aBrokenFileAndAGoodOne() throws IOException {
    write("in/a.jsonl", "{\"a\":1}\n{\"a\":2,\n{\"a\":3}\n");
    write("in/b.jsonl", "{\"a\":5}\n");
    write(
        "pipeline.yaml",
        """
        pipeline: p
        sources:
          s:
            type: files
            resources:
              good: {path: in/b.jsonl, table: raw.good}
              bad: {path: in/a.jsonl, table: raw.bad}
              never: {path: in/b.jsonl, table: raw.never}
              skip: {path: in/*.jsonl, table: raw.skip, on-error: skip_file}
              go_on: {path: in/*.jsonl, table: raw.go_on, on-error: continue}
        profiles: {dev: {}}
        """);
  }

  @Test
  void aFailedResourceAndThoseAfterItAreListed() {
    CommandLineRun text = firn("run", "--select", "good,bad,never");

    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out())
        .contains("  good  extract 1 row")
        .contains("  bad  FAILED MALFORMED_DATA " + FAULT)
        .contains("hint: Correct the record")
        .contains("  never  not run: bad failed before it")
        .contains("FAILED  1 of 3 resources loaded");
  }

  @Test
  void aFailedResourceAndThoseAfterItAreInTheDocument() {
    JsonNode report =
        firn("run", "--select", "good,bad,never", "-p", "dev", "--output", "json").document();

    assertThat(ReportSchema.problems(report)).isEmpty();
    assertThat(report.path("profile").asText()).isEqualTo("dev");
    assertThat(report.path("trigger").asText()).isEqualTo("command");
    assertThat(report.path("resources").findValuesAsText("status"))
        .containsExactly("ok", "failed", "not-run");
    JsonNode failed = report.path("resources").path(1);
    assertThat(failed.path("name").asText()).isEqualTo("bad");
    assertThat(failed.path("error")).isEqualTo(report.path("error"));
    assertThat(failed.path("error").path("hint").asText()).contains("on-error");
    assertThat(report.path("resources").path(2).has("error")).isFalse();
  }

  @Test
  void theWindowOfALoadIsNamedInTheDocument() throws IOException {
    Files.writeString(
        folder.resolve("daily.yaml"),
        """
        pipeline: p
        sources:
          s:
            type: files
            resources:
              daily: {path: in/b.jsonl, table: raw.daily, partitions: {every: day, start: 2024-01-01}}
        """);

    JsonNode report =
        firn("run", "-f", "daily.yaml", "--partition", "2024-01-02", "--output", "json").document();

    assertThat(ReportSchema.problems(report)).isEmpty();
    assertThat(report.at("/resources/0/partition").asText()).isEqualTo("2024-01-02");
  }

  @Test
  void recordsThatAreLeftOutAreNamedByTheirPlace() {
    CommandLineRun run = firn("run", "--select", "go_on");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("1 discarded").contains("warning: Left out " + FAULT);
  }

  @Test
  void aSkippedFileIsTriedAgainUntilItIsRight() throws IOException {
    CommandLineRun first = firn("run", "--select", "skip");
    CommandLineRun second = firn("run", "--select", "skip");
    write("in/a.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    CommandLineRun third = firn("run", "--select", "skip");
    CommandLineRun fourth = firn("run", "--select", "skip");

    assertThat(first.out()).contains("1 inserted").contains("Skipped " + FAULT);
    assertThat(second.out()).contains("nothing to do").contains("Skipped " + FAULT);
    assertThat(third.out()).contains("3 inserted").doesNotContain("Skipped");
    assertThat(fourth.out()).contains("nothing to do");
  }

  @Test
  void aCommitThatOnlyRemembersSaysSo() throws IOException {
    firn("run", "--select", "good");
    write("in/b.jsonl", "\n");

    CommandLineRun run = firn("run", "--select", "good");

    assertThat(run.out()).contains("append raw.good: no rows, remembers what was read -> snapshot");
  }

  @Test
  void aByteThatIsReadTwiceIsCountedOnce() throws IOException {
    StringBuilder clash = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      clash.append("{\"a\":").append(i).append("}\n");
    }
    write("in/b.jsonl", clash + "{\"a\":\"text\"}\n");

    JsonNode report = firn("run", "--select", "good", "--output", "json").document();

    long bytes = Files.size(folder.resolve("in/b.jsonl"));
    assertThat(report.path("resources").path(0).path("bytes").asLong()).isEqualTo(bytes);
  }

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
