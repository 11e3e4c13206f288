package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command without a jar of Hive on its class path, and with them in {@code plugins/}. */
class HivePluginTest {
  private static final Path PLUGINS = Path.of("target", "plugins");

  @TempDir private Path project;

  @AfterEach
  void emptyTheMetastore() throws Exception {
    Metastore.empty();
  }

  private record Run(int exitCode, String text) {}

  private Run firn(String... words) throws Exception {
    Set<String> plugins;
    try (var jars = Files.list(PLUGINS)) {
      plugins = jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
    }
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.startsWith(Path.of("target").toAbsolutePath()))
            .filter(entry -> !plugins.contains(entry.getFileName().toString()))
            .filter(entry -> !isOfTheServer(entry.getFileName().toString()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "dev.firn.cli.Main");
    Process process =
        new ProcessBuilder(
                java.util.stream.Stream.concat(command.stream(), Arrays.stream(words)).toList())
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }

  private static boolean isOfTheServer(String jar) {
    return jar.matches(
        "(datanucleus|derby|HikariCP|antlr-runtime|javax\\.jdo|commons-(dbcp|pool|collections)|metrics-core|guava|hive-).*");
  }

  private void writePipeline() throws Exception {
    Files.writeString(project.resolve("rows.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    Files.writeString(
        project.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: plugged
        catalogs:
          lake: { type: hive, uri: "%s", warehouse: warehouse }
        sources:
          rows:
            type: files
            resources:
              rows: { path: rows.jsonl, table: plugged.rows }
        """
            .formatted(Metastore.uri()));
  }

  private void plugIn() throws Exception {
    Path folder = Files.createDirectory(project.resolve("plugins"));
    try (var jars = Files.list(PLUGINS)) {
      for (Path jar : jars.filter(each -> !each.toString().contains("firn")).toList()) {
        Files.copy(jar, folder.resolve(jar.getFileName()));
      }
    }
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    Path own = folder.resolve("firn-catalog-hive.jar");
    assertThat(
            tool.run(
                System.err,
                System.err,
                "--create",
                "--file",
                own.toString(),
                "-C",
                Path.of("target", "classes").toString(),
                "."))
        .isZero();
  }

  @Test
  void commandHasHiveWhereItsJarsLieInPlugins() throws Exception {
    writePipeline();

    Run without = firn("run");
    plugIn();
    Run with = firn("run");
    Run list = firn("table", "list");

    assertThat(without.exitCode()).as(without.text()).isEqualTo(2);
    assertThat(without.text()).contains("No catalog type 'hive'").contains("plugins/");
    assertThat(with.exitCode()).as(with.text()).isZero();
    assertThat(list.text()).contains("plugged.rows").contains("2 rows");
  }
}
