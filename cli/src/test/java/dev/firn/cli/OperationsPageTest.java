package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the commands of the page on operations into a copy of the example and writes the page anew,
 * with what they print. After a change, {@code target/operations.md} is the page to keep.
 *
 * <p>A command that goes on behind an {@code &} stops where it would commit its rows, so that the
 * page can tell what is there after a {@code kill}, and goes on from there at {@code fg}; a second
 * one finds the first at work. The load id that was printed last stands for … in a command.
 */
class OperationsPageTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Path WRITTEN = Path.of("target", "operations.md");

  private static final Pattern JOB = Pattern.compile("(fg|kill -9) %(\\d)");
  private static final Pattern LOAD_ID = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{26}\\b");

  @TempDir Path folder;
  private final SortedMap<Integer, Job> jobs = new TreeMap<>();
  private String lastLoad = "";

  @AfterEach
  void endWhatRunsOn() throws Exception {
    for (Job each : jobs.values()) {
      each.kill();
    }
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
    Matcher job = JOB.matcher(command);
    if (job.matches()) {
      Job named = jobs.remove(Integer.valueOf(job.group(2)));
      return job.group(1).equals("fg") ? named.foreground() : named.kill();
    } else if (!command.startsWith("firn ")) {
      return shell(command);
    }
    String words = command.substring(5).replace("…", lastLoad);
    return words.endsWith(" &") ? begin(words.substring(0, words.length() - 2)) : firn(words);
  }

  private String begin(String words) throws IOException {
    Job job =
        jobs.isEmpty()
            ? new Sleeping(PausedCommand.start(folder, words(words)))
            : new Waiting(CompletableFuture.supplyAsync(() -> firn(words)));
    jobs.put(jobs.isEmpty() ? 1 : jobs.lastKey() + 1, job);
    return "";
  }

  /** A command that goes on while others are typed. */
  private interface Job {
    /** Lets it end, and tells what it prints. */
    String foreground() throws Exception;

    /** Ends it at once, and tells nothing. */
    String kill() throws Exception;
  }

  /** A process that sleeps where it would commit its rows. */
  private record Sleeping(Process process) implements Job {
    @Override
    public String foreground() throws IOException {
      process.getOutputStream().close();
      StringWriter printed = new StringWriter();
      process.inputReader().transferTo(printed);
      return printed.toString();
    }

    @Override
    public String kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
      return "";
    }
  }

  /** One that waits for a process to end. */
  private record Waiting(Future<String> printed) implements Job {
    @Override
    public String foreground() throws Exception {
      return printed.get();
    }

    @Override
    public String kill() {
      printed.cancel(true);
      return "";
    }
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
