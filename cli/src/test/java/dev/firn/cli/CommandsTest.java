package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadCounts;
import dev.firn.load.TableOutcome;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.state.CursorState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final Instant START = Instant.parse("2024-10-15T10:00:00Z");

  @TempDir Path folder;

  @Test
  void initMakesAPipelineThatRunsAtOnceAndShowsItsTable() {
    CommandLineRun init = CommandLineRun.in(folder, "init");
    CommandLineRun run = CommandLineRun.in(folder, "run");
    CommandLineRun show = CommandLineRun.in(folder, "table", "show", "raw.readings");

    assertThat(init.exitCode()).isZero();
    assertThat(init.out()).contains("wrote pipeline.yaml").contains(".firn/");
    assertThat(folder.resolve(".gitignore")).content().isEqualTo(".firn/\n");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("readings  run ")
        .contains("catalog jdbc local")
        .contains("  readings  extract 3 rows, ")
        .contains("create raw.readings: 3 inserted, 0 updated, 0 unchanged, 0 deleted -> snapshot")
        .contains("create raw.readings__tags: 3 inserted")
        .contains("OK  1 resource, 3 rows, ")
        .contains("report: .firn/runs/");
    assertThat(show.exitCode()).as(show.err()).isZero();
    assertThat(show.out())
        .startsWith("raw.readings  3 rows")
        .contains("celsius")
        .contains("double")
        .contains("battery__percent")
        .contains("\"sensor\":\"a1\"", "\"at\":\"2024-10-15T10:30:00Z\"");
  }

  @Test
  void theReportOfARunIsItsLastLineAndItsFile() throws IOException {
    CommandLineRun.in(folder, "init");

    CommandLineRun run = CommandLineRun.in(folder, "run", "--output", "json");

    JsonNode document = run.document();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(document.path("status").asText()).isEqualTo("ok");
    assertThat(document.path("resources").path(0).path("read").asInt()).isEqualTo(3);
    assertThat(ReportSchema.problems(document)).isEmpty();
    Path file = folder.resolve(document.path("report").asText());
    JsonNode kept = ReportSchema.read(Files.readString(file));
    assertThat(ReportSchema.problems(kept)).isEmpty();
    assertThat(kept.path("runId")).isEqualTo(document.path("runId"));
  }

  @Test
  void loadTakesAFileToATableWithoutAProject() throws IOException {
    Files.writeString(folder.resolve("sales.jsonl"), "{\"id\":1,\"price\":2.5}\n{\"id\":2}\n");

    CommandLineRun load = CommandLineRun.in(folder, "load", "sales.jsonl", "sandbox.uploads.sales");
    CommandLineRun again = CommandLineRun.in(folder, "load", "sales.jsonl", "sales");

    assertThat(load.exitCode()).as(load.err()).isZero();
    assertThat(load.out()).contains("create sandbox.uploads.sales: 2 inserted");
    assertThat(again.out()).contains("create default.sales: 2 inserted");
  }

  @Test
  void loadUsesTheProjectsCatalogAndNamespace() throws IOException {
    CommandLineRun.in(folder, "init");
    Files.writeString(folder.resolve("more.jsonl"), "{\"id\":1}\n");

    CommandLineRun load = CommandLineRun.in(folder, "load", "more.jsonl", "extra");

    assertThat(load.out()).as(load.err()).contains("create readings.extra: 1 inserted");
    assertThat(CommandLineRun.in(folder, "table", "list").out()).contains("readings.extra");
  }

  @Test
  void tablesShowTheirSchemaHistoryAndState() {
    CommandLineRun.in(folder, "init");
    CommandLineRun.in(folder, "run");

    JsonNode list = json("table", "list").path("tables");
    JsonNode show = json("table", "show", "raw.readings", "--rows", "2");
    JsonNode history = json("table", "history", "raw.readings").path("snapshots");
    JsonNode schema = json("schema", "show", "raw.readings").path("tables").path(0).path("schema");
    JsonNode state = json("state", "show").path("resources");

    assertThat(list.findValuesAsText("table"))
        .containsExactly("raw.readings", "raw.readings__tags");
    assertThat(show.path("table").asText()).isEqualTo("raw.readings");
    assertThat(show.path("catalog").asText()).isEqualTo("local");
    assertThat(show.path("rows").asInt()).isEqualTo(3);
    assertThat(show.path("sample")).hasSize(2);
    assertThat(show.path("schema").findValuesAsText("name")).contains("sensor", "at", "celsius");
    assertThat(history).hasSize(1);
    assertThat(history.path(0).path("snapshotId")).isEqualTo(show.path("snapshotId"));
    assertThat(schema).isEqualTo(show.path("schema"));
    assertThat(state.findValuesAsText("resource")).contains("readings");
  }

  @Test
  void planTellsWhatARunWouldDoAndChangesNothing() {
    CommandLineRun.in(folder, "init");

    CommandLineRun plan = CommandLineRun.in(folder, "plan");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("raw.readings  CREATE")
        .contains("+ column celsius double")
        .contains("write     append")
        .endsWith("No changes were made.\n");
    assertThat(CommandLineRun.in(folder, "table", "list").out()).isEqualTo("No tables yet.\n");
  }

  @Test
  void compilePrintsOneFileThatMeansTheSame() throws IOException {
    CommandLineRun.in(folder, "init", "merge");

    String yaml = CommandLineRun.in(folder, "compile").out();
    Files.writeString(folder.resolve("compiled.yaml"), yaml);
    String again = CommandLineRun.in(folder, "compile", "-f", "compiled.yaml").out();

    assertThat(yaml).contains("pipeline: shop").contains("write-disposition: merge");
    assertThat(again).isEqualTo(yaml);
  }

  @Test
  void showConfigNamesTheOriginOfEachValueAndHidesSecrets() {
    CommandLineRun.in(folder, "init");

    CommandLineRun shown =
        CommandLineRun.in(
            folder,
            Map.of("FIRN__CATALOGS__LOCAL__PASSWORD", "hush-hush"),
            Engine.LIBRARY,
            "show-config",
            "--origin",
            "--set",
            "limits.threads=2");

    assertThat(shown.out())
        .containsPattern("limits.threads +2 +--set limits.threads")
        .containsPattern("limits.depth +1000 +default")
        .containsPattern("pipeline +readings +.*pipeline.yaml:3:11")
        .containsPattern("catalogs.local.password +\\*\\*\\* +environment FIRN__CATALOGS")
        .doesNotContain("hush-hush");
  }

  @Test
  void aFailedRunPrintsItsReportItsErrorAndItsExitCode() {
    CommandLineRun.in(folder, "init");
    Engine failing = engine(report("failed", Optional.of(unavailable())));

    CommandLineRun text = CommandLineRun.in(folder, Map.of(), failing, "run");
    CommandLineRun json = CommandLineRun.in(folder, Map.of(), failing, "run", "--output", "json");

    assertThat(text.exitCode()).isEqualTo(5);
    assertThat(text.out()).contains("FAILED  1 resource");
    assertThat(text.err())
        .isEqualTo("error: DESTINATION_UNAVAILABLE No answer.\nhint: Try again.\n");
    assertThat(json.exitCode()).isEqualTo(5);
    assertThat(ReportSchema.problems(json.document())).isEmpty();
    assertThat(json.document().path("error").path("retryable").asBoolean()).isTrue();
  }

  @Test
  void aRunIsToldTableByTable() {
    CommandLineRun.in(folder, "init");

    CommandLineRun run =
        CommandLineRun.in(folder, Map.of(), engine(report("ok", Optional.empty())), "run");

    assertThat(run.out())
        .isEqualTo(
            """
            readings  run 01JADZ00000000000000000000  catalog jdbc local
              events  extract 10 rows, 2.0 KB
                      filter 2 superseded, 1 seen before
                      stage 9 rows, 1 file
                      merge raw.events: 3 inserted, 2 updated, 2 unchanged, 0 deleted -> snapshot 77; + column a long
                      cursor at 2024-10-15T00:00:00Z
              warning: watch out
            OK  1 resource, 7 rows, 2.4 s     report: .firn/runs/01JADZ00000000000000000000.json
            """);
  }

  @Test
  void aResourceIsSelectedByItsNameOrWithItsSource() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1}\n");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: p
        sources:
          s: {type: files, resources: {one: {path: a.jsonl}, two: {path: a.jsonl}, three: {path: a.jsonl}}}
        """);

    CommandLineRun run = CommandLineRun.in(folder, "run", "--select", "one,s.three");

    assertThat(run.out())
        .as(run.err())
        .contains("p.one")
        .contains("p.three")
        .doesNotContain("p.two");
  }

  @Test
  void selectedResourcesReachTheRun() {
    CommandLineRun.in(folder, "init");
    List<Set<String>> selected = new ArrayList<>();
    Engine engine =
        new FakeEngine(report("ok", Optional.empty())) {
          @Override
          public RunReport run(PipelineSpec spec, RunOptions options) {
            selected.add(options.select());
            return super.run(spec, options);
          }
        };

    CommandLineRun.in(folder, Map.of(), engine, "run", "--select", "a,b.c", "--select", "d");

    assertThat(selected).containsExactly(Set.of("a", "b.c", "d"));
  }

  @Test
  void aFaultInFirnIsOneLineAndAStackTraceOnlyOnRequest() {
    CommandLineRun.in(folder, "init");
    Engine broken =
        new FakeEngine(report("ok", Optional.empty())) {
          @Override
          public RunReport run(PipelineSpec spec, RunOptions options) {
            throw new IllegalStateException("off by one");
          }
        };

    CommandLineRun plain = CommandLineRun.in(folder, Map.of(), broken, "run");
    CommandLineRun verbose = CommandLineRun.in(folder, Map.of(), broken, "run", "-vv");

    assertThat(plain.exitCode()).isEqualTo(1);
    assertThat(plain.line("error")).isEqualTo("error: BUG IllegalStateException: off by one");
    assertThat(plain.err()).doesNotContain("\tat ");
    assertThat(verbose.err()).contains("\tat dev.firn.cli.");
  }

  @Test
  void errorsAreColoredWhereAPersonLooksAndDoesNotMind() {
    assertThat(errors(true, Map.of())).startsWith("\u001b[1;31merror:\u001b[0m ");
    assertThat(errors(true, Map.of("NO_COLOR", "1"))).startsWith("error: ");
    assertThat(errors(true, Map.of(), "--no-color")).startsWith("error: ");
    assertThat(errors(false, Map.of())).startsWith("error: ");
  }

  private String errors(boolean terminal, Map<String, String> environment, String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder,
            Optional.empty(),
            terminal);
    List<String> all = new ArrayList<>(List.of("run", "-f", "none.yaml"));
    all.addAll(List.of(words));
    new Firn(console, Engine.LIBRARY).execute(all.toArray(String[]::new));
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpVersionAndCompletionNeedNoProject() {
    assertThat(CommandLineRun.in(folder, "--help").out())
        .contains("Commands:")
        .contains("show-config");
    assertThat(CommandLineRun.in(folder, "load", "--help").out()).contains("--primary-key");
    assertThat(CommandLineRun.in(folder, "version").out()).startsWith("firn ");
    assertThat(CommandLineRun.in(folder, "--version").out()).startsWith("firn ");
    assertThat(CommandLineRun.in(folder, "completion").out())
        .contains("complete")
        .contains("packages");
    assertThat(CommandLineRun.in(folder, "packages", "list").out())
        .isEqualTo("No pending loads.\n");
  }

  private JsonNode json(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json"));
    CommandLineRun run = CommandLineRun.in(folder, all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.document();
  }

  private static Engine engine(RunReport report) {
    return new FakeEngine(report);
  }

  /** Answers every run with one report. */
  private static class FakeEngine implements Engine {
    private final RunReport report;

    FakeEngine(RunReport report) {
      this.report = report;
    }

    @Override
    public RunReport run(PipelineSpec spec, RunOptions options) {
      return report;
    }

    @Override
    public PipelinePlan plan(PipelineSpec spec, RunOptions options) {
      return new PipelinePlan(spec.name(), "nowhere", List.of());
    }
  }

  private static FirnException unavailable() {
    return new FirnException(ErrorCode.DESTINATION_UNAVAILABLE, "No answer.", "Try again.");
  }

  private static RunReport report(String status, Optional<FirnException> error) {
    TableOutcome table =
        new TableOutcome(
            TableName.parse("raw.events"),
            "merge",
            3,
            2,
            0,
            2,
            12,
            OptionalLong.of(77),
            List.of("+ column a long"),
            1);
    CursorState cursor =
        new CursorState("at", DataType.Simple.TIMESTAMP, "2024-10-15T00:00:00Z", List.of());
    ResourceReport resource =
        new ResourceReport(
            "events",
            RunReport.Status.OK,
            Optional.empty(),
            "01JADZ00000000000000000001",
            new LoadCounts(10, 9, 0, 0, 1, 0, Map.of()),
            7,
            2,
            2_000,
            Optional.empty(),
            Optional.of(cursor),
            List.of(table),
            "one-commit",
            List.of("watch out"),
            Optional.empty(),
            Optional.empty());
    return new RunReport(
        "01JADZ00000000000000000000",
        "readings",
        Optional.empty(),
        "command",
        status,
        START,
        START.plusMillis(2_400),
        List.of(resource),
        List.of(),
        List.of(),
        List.of(),
        error);
  }
}
