package dev.firn.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.testkit.TableContent;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that sleeps between reading and committing while another project does the same load.
 */
class PausedLoadIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "rest"})
  void processThatWakesUpAfterAnotherHasLoadedIsRefused(String kind) throws Exception {
    try (SharedLake lake = SharedLake.of(kind, Files.createDirectory(folder.resolve("lake")))) {
      Path here = project("here", lake);
      Path there = project("there", lake);
      Process paused = start(here);
      try (BufferedReader out = paused.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.lines().anyMatch(PausedLoad.ASLEEP::equals)).isTrue();

        run(there).throwIfFailed();
        paused.getOutputStream().close();

        assertThat(out.lines()).anyMatch(line -> line.startsWith("LEASE_LOST Table shop.orders:"));
      }
      assertThat(paused.waitFor()).isEqualTo(5);
      assertThat(rows(lake)).containsExactlyInAnyOrder(List.of(1L), List.of(2L));

      run(here).throwIfFailed();
      assertThat(rows(lake)).hasSize(4);
    }
  }

  private static List<List<Object>> rows(SharedLake lake) {
    return TableContent.rows(lake.catalog().loadTable(TableIdentifier.of("shop", "orders")), "id");
  }

  private static RunReport run(Path project) {
    return Pipelines.run(
        PipelineFile.read(project.resolve("pipeline.yaml"), Settings.NONE).spec(),
        RunOptions.DEFAULT);
  }

  private Path project(String name, SharedLake lake) throws IOException {
    Path project = Files.createDirectory(folder.resolve(name));
    Files.writeString(project.resolve("orders.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    List<String> lines = new ArrayList<>();
    lines.add("version: 1");
    lines.add("pipeline: shop");
    lines.add("sources:");
    lines.add("  drops:");
    lines.add("    type: files");
    lines.add("    resources:");
    lines.add("      orders: { path: orders.jsonl, write-disposition: append, track: none }");
    lines.addAll(lake.section());
    Files.write(project.resolve("pipeline.yaml"), lines);
    return project;
  }

  private Process start(Path project) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PausedLoad.class.getName());
    command.add(project.resolve("pipeline.yaml").toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
