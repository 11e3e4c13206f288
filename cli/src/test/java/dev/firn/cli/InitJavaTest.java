package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitJavaTest {
  @TempDir Path folder;

  @Test
  void theJavaTemplateRunsOnceItsJarIsBuilt() throws Exception {
    CommandLineRun init = CommandLineRun.in(folder, "init", "java");
    String classPath = CommandLineRun.in(folder, "class-path").out().strip();
    Path source = folder.resolve("src/ReadingsSource.java");
    Path build = folder.resolve("build");
    Files.createDirectory(folder.resolve("plugins"));

    tool("javac", "-cp", classPath, "-d", build.toString(), source.toString());
    Path jar = folder.resolve("plugins/readings.jar");
    tool("jar", "--create", "--file", jar.toString(), "-C", build.toString(), ".");
    CommandLineRun validate = CommandLineRun.in(folder, "validate");
    CommandLineRun run = CommandLineRun.in(folder, "run");
    CommandLineRun again = CommandLineRun.in(folder, "run");

    assertThat(init.out()).contains("javac -cp \"$(firn class-path)\"").contains("plugins/");
    assertThat(validate.out()).contains("1 source, 1 resource, catalog");
    assertThat(run.out()).as(run.err()).contains("create raw.readings: 3 inserted");
    assertThat(again.out()).contains("merge raw.readings: 0 inserted, 3 updated");
  }

  private static void tool(String name, String... words) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    PrintStream err = System.err;
    assertThat(tool.run(err, err, words)).as(name).isZero();
  }
}
