package dev.firn.kill;

import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.Settings;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a pipeline and halts the process, without any clean-up, at a named point. */
public final class HaltingLoad {
  private HaltingLoad() {}

  /**
   * @param args the pipeline's file, and the point: {@code staged N}, {@code sealed}, {@code
   *     committing TABLE}, {@code committed TABLE} or {@code never}
   */
  public static void main(String[] args) {
    Point point = new Point(args[1], args.length > 2 ? args[2] : "");
    RunOptions options = new RunOptions(Set.of(), point);
    Pipelines.run(PipelineFile.read(Path.of(args[0]), Settings.NONE).spec(), options)
        .throwIfFailed();
  }

  /** Halts like a kill: no hooks, no finally. */
  private record Point(String event, String detail, AtomicInteger seen) implements LoadObserver {
    Point(String event, String detail) {
      this(event, detail, new AtomicInteger());
    }

    private void reached(String happened, String which) {
      if (event.equals(happened) && detail.equals(which)) {
        Runtime.getRuntime().halt(137);
      }
    }

    @Override
    public void staged(LoadId load, long rows) {
      reached("staged", Integer.toString(seen.incrementAndGet()));
    }

    @Override
    public void sealed(LoadId load) {
      reached("sealed", "");
    }

    @Override
    public void committing(LoadId load, TableName table) {
      reached("committing", table.name());
    }

    @Override
    public void committed(LoadId load, TableName table) {
      reached("committed", table.name());
    }
  }
}
