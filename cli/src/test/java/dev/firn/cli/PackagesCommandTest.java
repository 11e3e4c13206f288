package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a load whose commit could not be sent. */
class PackagesCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: shop
        sources:
          drops:
            type: files
            resources: { orders: { path: orders.jsonl, write-disposition: append, track: none } }
        """);
    Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
  }

  /** The catalog goes away when rows are to be committed. */
  private static final Engine INTERRUPTED =
      new Engine() {
        @Override
        public RunReport run(PipelineSpec spec, RunOptions options) {
          LoadObserver cut =
              new LoadObserver() {
                @Override
                public void committing(LoadId load, TableName table) {
                  throw new IllegalStateException("cut off");
                }
              };
          return Pipelines.run(spec, new RunOptions(Set.of(), cut));
        }

        @Override
        public PipelinePlan plan(PipelineSpec spec, RunOptions options) {
          return Pipelines.plan(spec, options);
        }
      };

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }

  private String pendingLoad() {
    assertThat(CommandLineRun.in(folder, Map.of(), INTERRUPTED, "run").exitCode()).isEqualTo(5);
    JsonNode packages = firn("packages", "list", "--output", "json").document().path("packages");
    assertThat(packages).hasSize(1);
    assertThat(packages.path(0).path("state").asText()).isEqualTo("sealed");
    return packages.path(0).path("loadId").asText();
  }

  private int rows() {
    return firn("table", "show", "shop.orders", "--output", "json").document().path("rows").asInt();
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(".firn/warehouse"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  @Test
  void sealedLoadIsShownAndCommittedWithoutReadingAgain() throws Exception {
    String load = pendingLoad();
    Files.delete(folder.resolve("orders.jsonl"));

    CommandLineRun show = firn("packages", "show", load);
    CommandLineRun retry = firn("packages", "retry", load);

    assertThat(show.out()).contains("orders", "sealed", "2 rows", "1 file");
    assertThat(retry.exitCode()).as(retry.err()).isZero();
    assertThat(retry.out())
        .startsWith("Load " + load + " is committed.\n")
        .containsPattern("shop\\.orders +create +2 inserted");
    assertThat(rows()).isEqualTo(2);
    assertThat(firn("packages", "list").out()).isEqualTo("No pending loads.\n");
  }

  @Test
  void retriedLoadIsOneJsonDocument() {
    String load = pendingLoad();

    JsonNode document = firn("packages", "retry", load, "--output", "json").document();

    assertThat(document.path("loadId").asText()).isEqualTo(load);
    assertThat(document.path("alreadyDone").asBoolean(true)).isFalse();
    assertThat(document.at("/tables/0/table").asText()).isEqualTo("shop.orders");
    assertThat(document.at("/tables/0/inserted").asInt()).isEqualTo(2);
  }

  @Test
  void droppedLoadLeavesNoFile() throws Exception {
    String load = pendingLoad();
    assertThat(dataFiles()).hasSize(1);

    assertThat(firn("packages", "drop", load).exitCode()).isZero();

    assertThat(dataFiles()).isEmpty();
    assertThat(firn("packages", "list").out()).isEqualTo("No pending loads.\n");
    assertThat(firn("packages", "retry", load).exitCode()).isEqualTo(2);
  }

  @Test
  void nextRunFinishesTheLoadAndSaysSo() {
    String load = pendingLoad();

    CommandLineRun run = firn("run");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("finished the earlier load " + load);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void loadThatAnotherProjectHasOvertakenIsDroppedByTheNextRunWhichSaysSo() throws Exception {
    assertThat(firn("run").exitCode()).isZero();
    String load = pendingLoad();
    overtake();

    CommandLineRun retry = firn("packages", "retry", load);
    CommandLineRun run = firn("run");

    assertThat(retry.exitCode()).isEqualTo(5);
    assertThat(retry.line("error")).contains("LEASE_LOST", "has taken over since load " + load);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("dropped the earlier load " + load);
    assertThat(rows()).isEqualTo(6);
    assertThat(dataFiles()).hasSize(3);
  }

  // The same pipeline and lake from another folder.
  private void overtake() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.copy(folder.resolve("orders.jsonl"), there.resolve("orders.jsonl"));
    Files.writeString(
        there.resolve("pipeline.yaml"),
        Files.readString(folder.resolve("pipeline.yaml"))
            + "catalogs: { local: { type: jdbc, uri: 'jdbc:sqlite:%s', warehouse: '%s' } }%n"
                .formatted(folder.resolve(".firn/catalog.db"), folder.resolve(".firn/warehouse")));
    CommandLineRun run = CommandLineRun.in(there, "run");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void unfinishedLoadCannotBeRetried() throws Exception {
    String load = pendingLoad();
    Files.delete(folder.resolve(".firn/packages").resolve(load).resolve("manifest.json"));

    CommandLineRun retry = firn("packages", "retry", load);

    assertThat(retry.exitCode()).isEqualTo(2);
    assertThat(retry.line("error")).contains("was ended while it still read");
    assertThat(retry.line("hint")).contains("firn run");
  }
}
