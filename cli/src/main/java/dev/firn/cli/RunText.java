package dev.firn.cli;

import dev.firn.error.FirnException;
import dev.firn.load.LoadCounts;
import dev.firn.load.TableOutcome;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.pipeline.RunReport.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** A run as its user reads it: what was read, what each table gained, and how it ended. */
final class RunText {
  private final RunReport report;
  private final StringJoiner lines = new StringJoiner("\n");

  private RunText(RunReport report) {
    this.report = report;
  }

  static String of(RunReport report, PipelineSpec spec) {
    RunText text = new RunText(report);
    text.head(spec);
    report.resources().forEach(text::resource);
    report.finishedPackages().forEach(id -> text.lines.add("  finished the earlier load " + id));
    report.discardedPackages().forEach(id -> text.lines.add("  dropped the earlier load " + id));
    report.warnings().forEach(text::warning);
    text.end();
    return text.lines.toString();
  }

  private void head(PipelineSpec spec) {
    DestinationSpec destination = spec.destination();
    String type = destination.settings().path("type").asText(destination.type());
    lines.add(
        "%s  run %s  catalog %s %s"
            .formatted(report.pipeline(), report.runId(), type, destination.catalog()));
  }

  private void resource(ResourceReport resource) {
    switch (resource.status()) {
      case OK, NOTHING_TO_DO -> loaded(resource);
      case FAILED -> resource.error().ifPresent(error -> failed(resource.title(), error));
      case NOT_RUN -> notRun(resource.name());
    }
  }

  private void failed(String name, FirnException error) {
    String indent = " ".repeat(name.length() + 4);
    String message = String.valueOf(error.getMessage()).replace("\n", "\n" + indent);
    lines.add("  %s  FAILED %s %s".formatted(name, error.code(), message));
    if (!error.hint().isEmpty()) {
      lines.add(indent + "hint: " + error.hint());
    }
  }

  private void notRun(String name) {
    String before =
        report.resources().stream()
            .filter(each -> each.status() == Status.FAILED)
            .map(ResourceReport::name)
            .findFirst()
            .orElse("another resource");
    lines.add("  %s  not run: %s failed before it".formatted(name, before));
  }

  private void loaded(ResourceReport resource) {
    String name = "  " + resource.title() + "  ";
    String indent = " ".repeat(name.length());
    List<String> parts = parts(resource);
    for (int i = 0; i < parts.size(); i++) {
      lines.add((i == 0 ? name : indent) + parts.get(i));
    }
    resource.warnings().forEach(this::warning);
  }

  private static List<String> parts(ResourceReport resource) {
    List<String> parts = new ArrayList<>();
    LoadCounts counts = resource.counts();
    parts.add(
        "extract %s, %s"
            .formatted(Words.count(counts.read(), "row"), Words.bytes(resource.bytes())));
    String filtered = filtered(resource);
    if (!filtered.isEmpty()) {
      parts.add("filter " + filtered);
    }
    int files = resource.tables().stream().mapToInt(TableOutcome::filesAdded).sum();
    if (counts.staged() > 0) {
      String staged = Words.count(counts.staged(), "row");
      parts.add("stage %s, %s".formatted(staged, Words.count(files, "file")));
    }
    resource.tables().forEach(table -> parts.add(table(table)));
    resource
        .cursorAfter()
        .ifPresent(cursor -> parts.add("cursor " + cursor.column() + " " + cursor.value()));
    return parts;
  }

  private static String filtered(ResourceReport resource) {
    StringJoiner words = new StringJoiner(", ");
    LoadCounts counts = resource.counts();
    count(words, resource.superseded(), "superseded");
    count(words, counts.boundary(), "seen before");
    count(words, counts.discarded(), "discarded");
    count(words, counts.outOfWindow(), "out of window");
    count(words, counts.quarantined(), "quarantined");
    count(words, counts.inTables().discarded(), "child rows discarded");
    return words.toString();
  }

  private static void count(StringJoiner words, long number, String what) {
    if (number > 0) {
      words.add(number + " " + what);
    }
  }

  private static String table(TableOutcome table) {
    String rows =
        remembersOnly(table)
            ? table.operation() + " " + table.table() + ": no rows, remembers what was read"
            : rows(table);
    String snapshot =
        table.snapshotId().isPresent()
            ? " -> snapshot " + table.snapshotId().getAsLong()
            : ", no commit";
    String changes =
        table.schemaChanges().isEmpty() || table.operation().equals("create")
            ? ""
            : "; " + String.join("; ", table.schemaChanges());
    return rows + snapshot + changes;
  }

  /** A commit that changes nothing but the state: which files were read, or the cursor. */
  private static boolean remembersOnly(TableOutcome table) {
    long rows = table.inserted() + table.updated() + table.deleted() + table.unchanged();
    boolean changed =
        rows + table.filesAdded() > 0
            || !table.schemaChanges().isEmpty()
            || table.operation().equals("create");
    return table.snapshotId().isPresent() && !changed;
  }

  private static String rows(TableOutcome table) {
    return "%s %s: %d inserted, %d updated, %d unchanged, %d deleted"
        .formatted(
            table.operation(),
            table.table(),
            table.inserted(),
            table.updated(),
            table.unchanged(),
            table.deleted());
  }

  private void warning(String warning) {
    lines.add("  warning: " + warning);
  }

  private void end() {
    long rows = report.resources().stream().mapToLong(ResourceReport::loaded).sum();
    long millis = Duration.between(report.startedAt(), report.finishedAt()).toMillis();
    lines.add(
        "%s  %s, %s, %s     report: %s"
            .formatted(
                status(),
                resources(),
                Words.count(rows, "row"),
                Words.seconds(millis),
                report.file()));
  }

  private String resources() {
    Set<String> all = new HashSet<>(); // one that finished an earlier load is here twice
    Set<String> unloaded = new HashSet<>();
    for (ResourceReport each : report.resources()) {
      all.add(each.name());
      if (each.status() == Status.FAILED || each.status() == Status.NOT_RUN) {
        unloaded.add(each.name());
      }
    }
    int loaded = all.size() - unloaded.size();
    String count = Words.count(all.size(), "resource");
    return unloaded.isEmpty() ? count : loaded + " of " + count + " loaded";
  }

  private String status() {
    return switch (report.status()) {
      case "ok" -> "OK";
      case "nothing-to-do" -> "OK, nothing to do";
      default -> "FAILED";
    };
  }
}
