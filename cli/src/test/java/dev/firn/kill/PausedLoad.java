package dev.firn.kill;

import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** Runs a pipeline that falls asleep when its rows are staged, until somebody closes its input. */
public final class PausedLoad {
  /** What it prints when it sleeps. */
  static final String ASLEEP = "asleep";

  private PausedLoad() {}

  /** Ends with the run's exit code and prints its failure. */
  public static void main(String[] args) {
    RunOptions options = new RunOptions(Set.of(), new Pause());
    RunReport report =
        Pipelines.run(PipelineFile.read(Path.of(args[0]), Settings.NONE).spec(), options);
    report.error().ifPresent(e -> System.out.println(e.code() + " " + e.getMessage()));
    System.out.flush();
    Runtime.getRuntime().halt(report.exitCode());
  }

  private static final class Pause implements LoadObserver {
    @Override
    public void sealed(LoadId load) {
      System.out.println(ASLEEP);
      System.out.flush();
      try {
        System.in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
