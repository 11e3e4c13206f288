package dev.firn.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.destination.Destination;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.source.OpenSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a test loads: pipeline {@code p}, namespace {@code ns}, one thread, a project folder of its
 * own.
 *
 * @param folder where packages and locks lie
 */
public record Loading(Destination destination, Path folder, Limits limits, Evolution evolution) {
  /** The namespace of tables named without one. */
  public static final String NAMESPACE = "ns";

  /** Loads into a destination from a new temporary folder, with one thread. */
  public static Loading into(Destination destination) {
    return new Loading(destination, ScratchFolders.next(), limits(1, 0), Evolution.DEFAULT);
  }

  private static Limits limits(int threads, long memoryBytes) {
    Limits all = Limits.DEFAULT;
    return new Limits(
        all.depth(),
        all.lineBytes(),
        all.stringBytes(),
        all.columns(),
        all.tables(),
        threads,
        memoryBytes);
  }

  /**
   * The same with other means.
   *
   * @param memoryBytes of rows; 1 writes a set after every split
   */
  public Loading with(int threads, long memoryBytes) {
    return new Loading(destination, folder, limits(threads, memoryBytes), evolution);
  }

  public Loading with(Limits other) {
    return new Loading(destination, folder, other, evolution);
  }

  public Loading with(Evolution other) {
    return new Loading(destination, folder, limits, other);
  }

  /** Loads; a failure is part of the report. */
  public RunReport tryLoad(OpenSource source) {
    DestinationSpec where =
        new DestinationSpec(
            "memory", "test", JsonNodeFactory.instance.objectNode(), Optional.of(NAMESPACE));
    PipelineSpec pipeline = new PipelineSpec("p", folder, List.of(), where, evolution, limits);
    return Pipelines.run(pipeline, List.of(source), destination, RunOptions.DEFAULT);
  }

  /** Loads. */
  public RunReport load(OpenSource source) {
    return tryLoad(source).throwIfFailed();
  }
}
