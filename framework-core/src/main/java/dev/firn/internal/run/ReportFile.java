package dev.firn.internal.run;

import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.pipeline.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps the report of a run as {@code .firn/runs/<run-id>.json}. */
public final class ReportFile {
  private ReportFile() {}

  /** Where the report of a run is, relative to the project's folder. */
  public static Path path(String runId) {
    return Path.of(".firn", "runs", runId + ".json");
  }

  /**
   * Writes the report; a reader sees all of it or nothing.
   *
   * @throws FirnException {@code DESTINATION_FULL} or {@code UNREADABLE_PATH} when the file cannot
   *     be written; the run itself is not undone
   */
  public static void write(RunReport report, Path folder, Redactor redactor) {
    Path file = folder.resolve(path(report.runId()));
    Path part = file.resolveSibling(report.runId() + ".part");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(part, ReportJson.of(report, redactor).toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw Disk.unwritable(
          "The tables are as the run left them, but its report " + file + " cannot be written",
          failed);
    }
  }
}
