package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The benchmark command: all runs that the options ask for, then the report. */
public final class Compare {
  private final Options options;
  private final Places places;
  private final FirnTool firn;

  private Compare(Options options, Places places) {
    this.options = options;
    this.places = places;
    this.firn = FirnTool.of(places);
  }

  /** Runs in the project whose root is the first argument, with the options that follow it. */
  public static void main(String[] args) throws InterruptedException, SQLException {
    List<String> words = List.of(args);
    if (words.contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      Options options = Options.parse(words.subList(1, words.size()).toArray(String[]::new));
      new Compare(options, new Places(Path.of(args[0]).toAbsolutePath())).run();
    } catch (UsageException e) {
      Console.say(Objects.requireNonNullElse(e.getMessage(), ""));
      System.exit(2);
    } catch (IOException e) {
      Console.say(e.toString());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    List<Tool> tools = options.tools().stream().map(this::tool).toList();
    Report report = new Report().line(Machine.description() + ".").line("");
    for (Tool tool : tools) {
      tool.prepare();
      report.line("- " + tool.version());
    }
    if (options.runs().contains("load")) {
      loads(tools, report);
    }
    if (options.runs().contains("start")) {
      report.heading("Ten events").tableHeader();
      report.rows("ten events", 0, new Start(places, tools, options.rounds()).run());
    }
    if (options.runs().contains("merge") && tools.contains(firn)) {
      merge(report);
    }
    if (options.runs().contains("changes") && tools.contains(firn)) {
      changes(report);
    }
    if (options.runs().contains("memory") && tools.contains(firn)) {
      memory(report);
    }
    System.out.print(report);
    Files.writeString(places.target().resolve("report.md"), report.toString());
  }

  private void loads(List<Tool> tools, Report report)
      throws IOException, InterruptedException, SQLException {
    SideBySide sideBySide = new SideBySide(places, tools, options.rounds());
    report.heading("Loads, %d rounds".formatted(options.rounds())).tableHeader();
    for (Input input : options.inputs()) {
      List<Series> series = sideBySide.run(input);
      report.rows(input.name(), megabytes(input), series);
    }
    if (tools.size() > 1) {
      reportAgreement(report);
    }
  }

  private void reportAgreement(Report report) {
    report.line("").line("In every round the outputs agreed, fact by fact:");
    options.inputs().stream()
        .map(Input::dataset)
        .distinct()
        .forEach(dataset -> report.line("- " + dataset.description()));
  }

  private void merge(Report report) throws IOException, InterruptedException, SQLException {
    Input input = options.mergeInput();
    report.heading("Merge by key into the table that holds the same rows").tableHeader();
    List<Series> series = new MergeAgain(places, firn, options.rounds()).run(input);
    report.rows(input.name(), megabytes(input), series);
    report.line("").line("No merge of unchanged rows made a commit.");
  }

  private void changes(Report report) throws IOException, InterruptedException, SQLException {
    Input input = options.mergeInput();
    report.heading("Merge of changes, read back by Spark").tableHeader();
    SparkTool spark = new SparkTool(places);
    spark.prepare();
    List<Series> series = new MergeChanges(places, firn, spark).run(input);
    report.rows(input.name(), megabytes(input), series);
    report.line("").line("Spark read what the merge must leave: " + MergeChanges.description());
  }

  private void memory(Report report) throws IOException, InterruptedException, SQLException {
    Input small = options.mergeInput();
    Input large = options.memoryInput();
    report.heading("Memory with little heap").tableHeader();
    List<Series> series = new Memory(places, firn).run(small, large);
    report.rows(small.name(), megabytes(small), series.subList(0, 1));
    report.rows(large.name(), megabytes(large), series.subList(1, series.size()));
    double growth = series.get(1).medianRatioTo(series.get(0), Measurement::peakMebibytes);
    report.line("").line(String.format(Locale.ROOT, "Peak memory, large to small: %.2f.", growth));
  }

  private double megabytes(Input input) throws IOException {
    return Files.size(input.file(places.data())) / 1e6;
  }

  private Tool tool(String name) {
    return switch (name) {
      case "firn" -> firn;
      case "duckdb" -> new DuckDbTool(places);
      case "spark" -> new SparkTool(places);
      default ->
          throw new UsageException("No tool '%s'. Known: firn, duckdb, spark.".formatted(name));
    };
  }
}
