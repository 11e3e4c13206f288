package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline file says of a table beyond its columns. */
class TableSettingsTest {
  @TempDir Path folder;

  @BeforeEach
  void rowsOfADay() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"),
        "{\"custId\":1,\"at\":\"2024-01-01T00:00:00Z\",\"old\":\"x\"}\n");
    Files.writeString(
        folder.resolve("b.jsonl"), "{\"custId\":2,\"at\":\"2024-01-02T00:00:00Z\"}\n");
  }

  private CommandLineRun run(String path, String more) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: p
        sources:
          s:
            type: files
            resources:
              r:
                path: %s
                table: raw.t
        %s
        """
            .formatted(path, more.stripTrailing().stripIndent().indent(8)));
    return CommandLineRun.in(folder, "run", "--output", "json");
  }

  private JsonNode show() {
    return CommandLineRun.in(folder, "table", "show", "raw.t", "--output", "json").document();
  }

  private static String changes(CommandLineRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.document().at("/resources/0/tables/0/schemaChanges").toString();
  }

  @Test
  void settingsReachTheTableFromTheirSourcePaths() throws IOException {
    run(
        "a.jsonl",
        """
          partition-by: day(at)
          table-settings:
            format-version: 3
            sort-by: [at desc, custId]
            target-file-size: 32MiB
            bloom-filters: custId
            metrics: { old: none }
            properties: { owner: us }
        """);

    JsonNode properties = show().path("properties");
    assertThat(properties.path("write.target-file-size-bytes").asText())
        .isEqualTo(Integer.toString(32 << 20));
    assertThat(properties.path("write.parquet.bloom-filter-enabled.column.cust_id").asText())
        .isEqualTo("true");
    assertThat(properties.path("write.metadata.metrics.column.old").asText()).isEqualTo("none");
    assertThat(properties.path("owner").asText()).isEqualTo("us");
  }

  @Test
  void aTableIsRepartitionedItsColumnRenamedAndAnotherDropped() throws IOException {
    assertThat(run("a.jsonl", "").exitCode()).isZero();

    CommandLineRun second =
        run(
            "b.jsonl",
            """
              partition-by: day(at)
              rename-columns: { custId: customer_id }
              drop-columns: old
            """);
    CommandLineRun third =
        run(
            "b.jsonl",
            """
              partition-by: day(at)
              rename-columns: { custId: customer_id }
              drop-columns: old
            """);

    assertThat(changes(second))
        .contains(
            "~ column cust_id renamed to customer_id",
            "- column old, with its values",
            "~ partition-by none -> day(at)");
    assertThat(third.document().path("status").asText()).isEqualTo("nothing-to-do");
    CommandLineRun table = CommandLineRun.in(folder, "table", "show", "raw.t");
    assertThat(table.out()).contains("customer_id", "2 rows").doesNotContain("cust_id ", "old");
    assertThat(show().path("sample").findValuesAsText("customer_id"))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void aNewTableHasTheNewNameFromTheStart() throws IOException {
    run("a.jsonl", "  rename-columns: { custId: customer_id }");

    assertThat(show().path("sample").findValuesAsText("customer_id")).containsExactly("1");
  }

  @Test
  void aColumnThatRowsStillBringIsNotDropped() throws IOException {
    run("b.jsonl", "");

    CommandLineRun run = run("a.jsonl", "  drop-columns: old");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.line("error")).contains("'old' is to be dropped, but rows bring it");
    assertThat(run.line("hint")).contains("drop-columns");
  }

  @Test
  void mistakesAreToldWithTheirPlace() throws IOException {
    CommandLineRun run =
        run(
            "a.jsonl",
            """
              table-settings:
                format-version: 4
                metrics: { at: some }
                bloom-filter: id
            """);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("pipeline.yaml:10:27:", "expected a number from 2 to 3")
        .contains("Unknown key 'bloom-filter'", "bloom-filters")
        .contains("pipeline.yaml:11:", "has the metrics 'some'");
  }

  @Test
  void aFormatVersionDoesNotGoBack() throws IOException {
    run("a.jsonl", "  table-settings: { format-version: 3 }");

    CommandLineRun run = run("b.jsonl", "  table-settings: { format-version: 2 }");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.line("error")).contains("has format version 3, which cannot go back to 2");
  }
}
