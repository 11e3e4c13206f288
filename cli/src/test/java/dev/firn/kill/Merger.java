package dev.firn.kill;

import dev.firn.error.ErrorCode;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Merges orders again and again, in each turn ten that others may merge too. Where another writer
 * is in the way, it does its turn anew, as a scheduler would.
 */
public final class Merger {
  static final int ORDERS = 10;

  /** What it prints when it does a turn anew. */
  static final Pattern REFUSED = Pattern.compile("turn \\d+: [A-Z_]+");

  // who is refused at once tries again at once: many tries a second
  private static final int MOST_TRIES = 10_000;

  private static final Set<ErrorCode> TRY_AGAIN =
      Set.of(ErrorCode.LEASE_LOST, ErrorCode.ALREADY_RUNNING, ErrorCode.COMMIT_CONFLICT);

  private Merger() {}

  /** Takes the project's folder, its own name, the first order of its first turn, and turns. */
  public static void main(String[] args) throws IOException {
    Path project = Path.of(args[0]);
    PipelineSpec pipeline =
        PipelineFile.read(project.resolve("pipeline.yaml"), Settings.NONE).spec();
    int turns = Integer.parseInt(args[3]);
    for (int turn = 0; turn < turns; turn++) {
      write(project, args[1], turn, Integer.parseInt(args[2]) + turn);
      merge(pipeline, turn).throwIfFailed();
    }
  }

  private static RunReport merge(PipelineSpec pipeline, int turn) {
    RunReport report = Pipelines.run(pipeline, RunOptions.DEFAULT);
    for (int tries = 1; tries < MOST_TRIES && isRefused(report); tries++) {
      System.out.println("turn " + turn + ": " + report.error().orElseThrow().code());
      report = Pipelines.run(pipeline, RunOptions.DEFAULT);
    }
    return report;
  }

  private static boolean isRefused(RunReport report) {
    return report.error().filter(e -> TRY_AGAIN.contains(e.code())).isPresent();
  }

  private static void write(Path project, String name, int turn, int first) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int id = first; id < first + ORDERS; id++) {
      text.append(
          "{\"id\":%d,\"by\":\"%s\",\"turn\":%d,\"lines\":[{\"of\":%d},{\"of\":%d}]}\n"
              .formatted(id, name, turn, turn, turn));
    }
    Files.writeString(project.resolve("orders.jsonl"), text);
  }
}
