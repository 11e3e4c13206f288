package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Firn's command line with its embedded catalog in a fresh project folder.
 *
 * @param command the launcher, and arguments that go before all others
 */
record FirnTool(List<String> command, Places places) implements Tool {
  static final String TABLE = "loaded";

  private static final String FIRST_USE = "firn-first-use";

  FirnTool {
    command = List.copyOf(command);
  }

  /** The launcher that the environment names in FIRN, or the one at the project's root. */
  static FirnTool of(Places places) {
    String launcher =
        Optional.ofNullable(System.getenv("FIRN"))
            .orElse(places.project().resolve("firn").toString());
    return new FirnTool(List.of(launcher.split(" ", -1)), places);
  }

  @Override
  public String name() {
    return "firn";
  }

  /** The launcher builds what is missing on its first use. */
  @Override
  public void prepare() throws IOException, InterruptedException {
    Meter.run(with("version"), places.emptyFolder(FIRST_USE));
  }

  @Override
  public String version() throws IOException {
    Path log = places.target().resolve("work").resolve(FIRST_USE).resolve(Meter.LOG);
    try (Stream<String> lines = Files.lines(log)) {
      // Maven, which may have built it first, colours even what is nothing.
      return lines.reduce(name(), (earlier, last) -> last).replaceAll("\u001b\\[[0-9;]*m", "");
    }
  }

  @Override
  public List<String> load(Path input, Path folder) {
    return with("load", input.toString(), "bench." + TABLE);
  }

  List<String> merge(Path input) {
    return with(
        "load",
        input.toString(),
        "bench." + TABLE,
        "--primary-key",
        "id",
        "--write-disposition",
        "merge");
  }

  /** Runs the folder's pipeline on one file. */
  List<String> run(Path input) {
    return with("run", "--set", "vars.input=" + input);
  }

  @Override
  public Output output(Path folder) throws IOException {
    return Output.flat(warehouse(folder), TABLE);
  }

  /** This launcher with one more option for its Java machine. */
  FirnTool withJavaOption(String option) {
    List<String> words = new ArrayList<>(List.of("env", "FIRN_JAVA_OPTS=" + option));
    words.addAll(command);
    return new FirnTool(words, places);
  }

  Path warehouse(Path folder) {
    return folder.resolve(".firn/warehouse");
  }

  Path catalog(Path folder) {
    return folder.resolve(".firn/catalog.db");
  }

  private List<String> with(String... arguments) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    return words;
  }
}
