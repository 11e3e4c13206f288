package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what README tells a newcomer to do, in a copy of the project. */
class ReadmeIT {
  private static final String BUILD = "mvn -B -ntp verify";

  @TempDir Path folder;

  @BeforeEach
  void copyWhatTheCommandsUse() throws IOException {
    Files.copy(ExampleFolder.root().resolve("firn"), folder.resolve("firn"));
    ExampleFolder.copy("quickstart", folder.resolve("examples/quickstart"));
    ExampleFolder.copy("nightscout", folder.resolve("examples/nightscout"));
  }

  @Test
  void everyCommandWorksInTheOrderOfThePage() throws Exception {
    List<String> outputs = new ArrayList<>();
    for (String command : commands()) {
      if (!command.equals(BUILD)) { // that one is running this test
        outputs.add(shell(command));
      }
    }

    assertThat(outputs.get(0))
        .contains("create raw.github_events: 120 inserted")
        .contains("raw.github_events  120 rows");
    assertThat(outputs.get(2)).contains("sandbox.events").contains("120 rows");
    assertThat(outputs.get(4)).contains("+ column is_valid boolean").contains("No changes");
    assertThat(outputs.get(5)).contains("144 inserted, 1 updated");
  }

  @Test
  void theBuildIsTheOneThatContinuousIntegrationRuns() throws IOException {
    assertThat(commands().get(1)).isEqualTo(BUILD);
    List<String> run = Files.readAllLines(ExampleFolder.root().resolve(".ci/run"));
    assertThat(run)
        .filteredOn(line -> line.startsWith("mvn"))
        .singleElement()
        .asString()
        .startsWith(BUILD);
    assertThat(run)
        .filteredOn(line -> line.startsWith(".ci/"))
        .allSatisfy(line -> assertThat(String.join("\n", readme())).contains(line));
  }

  @Test
  void thePageIsShortAndShowsTheQuickstartAsItIs() throws IOException {
    assertThat(readme()).hasSizeLessThanOrEqualTo(120);
    Path example = ExampleFolder.root().resolve("examples/quickstart/pipeline.yaml");
    List<String> pipeline =
        Files.readAllLines(example).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("description"))
            .toList();
    assertThat(block("yaml")).isEqualTo(pipeline);
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(ExampleFolder.root().resolve("README.md"));
  }

  private static List<String> commands() throws IOException {
    return block("sh");
  }

  /** All lines of the page's blocks in one language. */
  private static List<String> block(String language) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : readme()) {
      if (line.startsWith("```")) {
        inside = line.equals("```" + language);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Runs a line in the shell with the classes of this build, and gives what it printed. */
  private String shell(String command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().put("FIRN_CLASS_PATH", System.getProperty("java.class.path"));
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = shell.start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(command).isTrue();
    assertThat(process.exitValue()).as(command + "\n" + printed).isZero();
    return printed;
  }
}
