package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog whose jar lies in {@code plugins/}. */
class PluginCatalogTest {
  @TempDir Path folder;

  @BeforeEach
  void putTheJarIntoPlugins() throws Exception {
    Path build = Files.createDirectories(folder.resolve("build"));
    Path source = Files.createDirectories(folder.resolve("src")).resolve("ShelfProvider.java");
    Files.writeString(
        source,
        """
        import dev.firn.iceberg.CatalogConfig;
        import dev.firn.iceberg.CatalogProvider;
        import java.util.Map;
        import org.apache.iceberg.catalog.Catalog;
        import org.apache.iceberg.jdbc.JdbcCatalog;

        public final class ShelfProvider implements CatalogProvider {
          public String type() { return "shelf"; }

          public Catalog open(CatalogConfig config) {
            JdbcCatalog catalog = new JdbcCatalog();
            catalog.initialize(config.name(), Map.of(
                "uri", "jdbc:sqlite:" + config.projectFolder().resolve(config.required("file")),
                "jdbc.schema-version", "V1",
                "warehouse", config.projectFolder().resolve("shelf").toUri().toString()));
            return catalog;
          }
        }
        """);
    String classPath = CommandLineRun.in(folder, "class-path").out().strip();
    tool("javac", "-cp", classPath, "-d", build.toString(), source.toString());
    Path services = Files.createDirectories(build.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.firn.iceberg.CatalogProvider"), "ShelfProvider\n");
    Path jar = Files.createDirectory(folder.resolve("plugins")).resolve("shelf.jar");
    tool("jar", "--create", "--file", jar.toString(), "-C", build.toString(), ".");
    Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: shelved
        catalogs:
          lake: { type: shelf, file: shelf.db }
        sources:
          rows:
            type: files
            resources:
              rows: { path: rows.jsonl, table: raw.rows }
        """);
  }

  @Test
  void itsTypeIsFound() {
    CommandLineRun validate = CommandLineRun.in(folder, "validate");
    CommandLineRun run = CommandLineRun.in(folder, "run");
    CommandLineRun list = CommandLineRun.in(folder, "table", "list");

    assertThat(validate.exitCode()).as(validate.err()).isZero();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(list.out()).contains("raw.rows").contains("2 rows");
    assertThat(folder.resolve("shelf.db")).exists();
  }

  private static void tool(String name, String... words) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    PrintStream err = System.err;
    assertThat(tool.run(err, err, words)).as(name).isZero();
  }
}
