package dev.firn.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The benchmark command of large merges. Each tool has a table of its own with the same rows;
 * before each merge it is put back to what it was.
 */
public final class MergeLarge {
  private static final String TABLE = "customers";

  private final MergeOptions options;
  private final Places places;
  private final FirnTool firn;
  private final SparkTool spark;
  private final Customers customers;
  private final Report report = new Report();

  private MergeLarge(MergeOptions options, Places places) {
    this.options = options;
    this.places = places;
    firn = FirnTool.of(places);
    spark = new SparkTool(places);
    customers = new Customers(places.data(), options.rows());
  }

  /** Runs in the project whose root is the first argument, with the options that follow it. */
  public static void main(String[] args) throws InterruptedException, SQLException {
    List<String> words = List.of(args);
    if (words.contains("--help")) {
      System.out.print(MergeOptions.USAGE);
      return;
    }
    try {
      MergeOptions options = MergeOptions.parse(words.subList(1, words.size()));
      new MergeLarge(options, new Places(Path.of(args[0]).toAbsolutePath())).run();
    } catch (UsageException e) {
      Console.say(Objects.requireNonNullElse(e.getMessage(), ""));
      System.exit(2);
    } catch (IOException e) {
      Console.say(e.toString());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    report.line(Machine.description() + ".").line("");
    spark.prepare(); // reads Firn's tables in any case
    firn.prepare();
    report.line("- " + firn.version()).line("- " + spark.version());
    report
        .heading(
            "Merges by %s into %,d customers, %d rounds"
                .formatted(String.join(", ", options.key()), options.rows(), options.rounds()))
        .line(
            "| mode | keys | Firn wall s | min - max | CPU s | peak MiB | Spark MERGE s | ratio |")
        .line("|---|---|---|---|---|---|---|---|");
    for (String mode : options.modes()) {
      merges(mode);
    }
    report
        .line("")
        .line("Every result agreed with DuckDB's of the source files, as Spark reads it.");
    System.out.print(report);
    Files.writeString(places.target().resolve("merge-report.md"), report.toString());
  }

  private void merges(String mode) throws IOException, InterruptedException, SQLException {
    Path project = places.emptyFolder("merge-firn");
    Files.writeString(project.resolve("pipeline.yaml"), pipeline(mode));
    Measurement first = Meter.run(firn.run(customers.base()), project);
    Console.say("%s, first load: %s".formatted(mode, first.summary()));
    Restored ours = new Restored(project, places.emptyFolder("merge-firn-before"));
    Optional<Restored> theirs = Optional.empty();
    if (options.spark()) {
      Path warehouse = places.emptyFolder("merge-spark");
      spark.copy(firn, project, TABLE, warehouse, mode);
      theirs = Optional.of(new Restored(warehouse, places.emptyFolder("merge-spark-before")));
    }
    for (String keys : options.keys()) {
      rounds(mode, keys, ours, theirs);
    }
    ours.delete();
    if (theirs.isPresent()) {
      theirs.get().delete();
    }
  }

  private void rounds(String mode, String keys, Restored ours, Optional<Restored> theirs)
      throws IOException, InterruptedException, SQLException {
    Path changes = customers.changes(keys);
    Map<String, String> expected = customers.merged(changes);
    Series own = new Series("firn");
    Series peer = new Series("spark");
    for (int round = 0; round < options.rounds(); round++) {
      ours.restore();
      Measurement measured = Meter.run(firn.run(changes), ours.folder());
      own.add(measured);
      Console.say("%s, %s, firn: %s".formatted(mode, keys, measured.summary()));
      requireEqual(expected, "Firn", spark.ask(firn, ours.folder(), TABLE, Customers.FACTS));
      if (theirs.isPresent()) {
        theirs.get().restore();
        SparkTool.Merge merge = spark.merge(theirs.get().folder(), changes, Customers.FACTS);
        peer.add(new Measurement(merge.seconds(), 0, 0, 0));
        Console.say(
            String.format(Locale.ROOT, "%s, %s, spark: %.2f s", mode, keys, merge.seconds()));
        requireEqual(expected, "Spark", merge.answers());
      }
    }
    row(mode, keys, own, theirs.map(there -> peer));
  }

  private static void requireEqual(
      Map<String, String> expected, String name, Map<String, String> found) throws IOException {
    Agreement agreement = new Agreement();
    agreement.check("the source files", expected);
    agreement.check(name, found);
  }

  private void row(String mode, String keys, Series own, Optional<Series> peer) {
    report.line(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.2f | %.2f - %.2f | %.2f | %.0f | %s |",
            mode,
            keys,
            own.median(Measurement::wallSeconds),
            own.least(Measurement::wallSeconds),
            own.most(Measurement::wallSeconds),
            own.median(Measurement::cpuSeconds),
            own.median(Measurement::peakMebibytes),
            peer.map(other -> beside(own, other)).orElse(" | ")));
  }

  private static String beside(Series own, Series peer) {
    return String.format(
        Locale.ROOT,
        "%.2f | %.1f",
        peer.median(Measurement::wallSeconds),
        peer.medianRatioTo(own, Measurement::wallSeconds));
  }

  private String pipeline(String mode) {
    List<String> lines = new ArrayList<>();
    lines.add("pipeline: customers");
    lines.add("vars: {input: base.csv}");
    lines.add("sources:");
    lines.add("  crm:");
    lines.add("    type: files");
    lines.add("    resources:");
    lines.add("      customers:");
    lines.add("        path: ${var:input}");
    lines.add("        primary-key: [" + String.join(", ", options.key()) + "]");
    lines.add("        write-disposition: merge");
    lines.add("        hard-delete: deleted");
    lines.add("        delete-mode: " + mode);
    lines.add(
        "        table-settings: {format-version: %s, target-file-size: 64MiB}"
            .formatted(mode.equals("deletion-vectors") ? 3 : 2));
    lines.add("        columns: {balance: double, score: double, deleted: boolean}");
    lines.add("destination: {namespace: bench}");
    return String.join("\n", lines) + "\n";
  }

  /** A folder, and a copy of what it was. */
  private record Restored(Path folder, Path before) {
    Restored {
      try {
        Places.copy(folder, before);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void restore() throws IOException {
      Places.copy(before, folder);
    }

    void delete() throws IOException {
      Places.delete(folder);
      Places.delete(before);
    }
  }
}
