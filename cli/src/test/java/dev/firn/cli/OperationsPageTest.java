package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the commands of the page on operations into a copy of the example and writes the page anew,
 * with what they print. After a change, {@code target/operations.md} is the page to keep.
 *
 * <p>A command that goes on behind an {@code &} stops where its rows are staged, so that the page
 * can tell what is there after a {@code kill}. The load id that was printed last stands for … in a
 * command.
 */
class OperationsPageTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Path WRITTEN = Path.of("target", "operations.md");

  private static final Pattern LOAD_ID = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{26}\\b");

  @TempDir Path folder;
  private Optional<Process> background = Optional.empty();
  private String lastLoad = "";

  @AfterEach
  void endWhatRunsOn() throws InterruptedException {
    kill();
  }

  @Test
  void everyCommandPrintsWhatThePageShows() throws Exception {
    Path page = ExampleFolder.root().resolve("docs/operations.md");
    ExampleFolder.copy("nightscout", folder);

    List<String> typed = typed(Files.readAllLines(page));

    Files.write(WRITTEN, typed);
    assertThat(typed)
        .as("If the difference is meant, copy " + WRITTEN.toAbsolutePath() + " to docs/")
        .isEqualTo(Files.readAllLines(page));
  }

  /** The page's lines, in its consoles just the commands with their results of today. */
  private List<String> typed(List<String> page) throws Exception {
    List<String> lines = new ArrayList<>();
    boolean console = false;
    for (String line : page) {
      if (line.startsWith("```")) {
        console = line.equals("```console");
        lines.add(line);
      } else if (!console) {
        lines.add(line);
      } else if (line.startsWith("$ ")) {
        lines.add(line);
        type(line.substring(2)).lines().map(OperationsPageTest::lasting).forEach(lines::add);
      }
    }
    return lines;
  }

  private String type(String command) throws Exception {
    if (command.equals("kill -9 %1")) {
      return kill();
    } else if (!command.startsWith("firn ")) {
      return shell(command);
    }
    String words = command.substring(5).replace("…", lastLoad);
    return words.endsWith(" &") ? begin(words.substring(0, words.length() - 2)) : firn(words);
  }

  private String begin(String words) throws IOException {
    background = Optional.of(PausedCommand.start(folder, words(words)));
    return "";
  }

  private String kill() throws InterruptedException {
    if (background.isPresent()) {
      background.get().destroyForcibly().waitFor();
    }
    return "";
  }

  /** What a command prints as its result, and where it fails the error too. */
  private String firn(String words) {
    CommandLineRun run = CommandLineRun.in(folder, words(words));
    Matcher load = LOAD_ID.matcher(run.out());
    while (load.find()) {
      lastLoad = load.group();
    }
    return run.exitCode() == 0 ? run.out() : run.out() + run.err();
  }

  private static String[] words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(quoted == null ? word.group(3) : quoted);
    }
    return words.toArray(String[]::new);
  }

  private String shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + printed).isZero();
    return printed;
  }

  /** A line without what is another each time. */
  private static String lasting(String line) {
    return LOAD_ID
        .matcher(line)
        .replaceAll("…")
        .replaceAll("snapshot \\d+", "snapshot …")
        .replaceAll("\\d+\\.\\d+ s\\b", "… s")
        .stripTrailing();
  }
}
