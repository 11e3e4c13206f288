package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.internal.run.QuarantineRecords;
import dev.firn.internal.run.ReplaySource;
import dev.firn.internal.yaml.RunTemplates;
import dev.firn.load.LoadId;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The records that a pipeline's resources have kept aside instead of loading them. */
public final class Quarantines {
  private Quarantines() {}

  /**
   * Loads records from quarantine once more, through the same normalizer and under the contract as
   * it is now. Records that are loaded leave the quarantine; the others stay, each with the reason
   * of this load. Each record is loaded at most once, however often this is done.
   *
   * @param loads only what these loads kept aside; empty: everything
   * @param options those of a run; {@code select} names resources
   */
  public static RunReport replay(PipelineSpec spec, RunOptions options, Set<LoadId> loads) {
    List<RunReport> report = new ArrayList<>();
    open(
        spec,
        (sources, destination) -> report.add(replay(spec, sources, destination, options, loads)));
    return report.get(0);
  }

  /** Replays with sources and a destination that are open already; the caller closes them. */
  public static RunReport replay(
      PipelineSpec spec,
      List<OpenSource> sources,
      Destination destination,
      RunOptions options,
      Set<LoadId> loads) {
    List<OpenSource> replays = new ArrayList<>();
    try {
      for (OpenSource source : Pipelines.selected(spec, sources, options.select())) {
        replays.add(new ReplaySource(spec, source, destination.metadata(), loads));
      }
      return Pipelines.run(spec, replays, destination, options.withSelect(Set.of()));
    } finally {
      replays.forEach(OpenSource::close);
    }
  }

  /**
   * Shows all records in quarantine, resource by resource in the pipeline's order.
   *
   * @param resource the one whose records are shown, by name; empty: all
   */
  public static void forEach(
      PipelineSpec spec, String resource, Consumer<QuarantinedRecord> reader) {
    open(
        spec,
        (sources, destination) -> {
          Set<String> names = resource.isEmpty() ? Set.of() : Set.of(resource);
          for (OpenSource source : Pipelines.selected(spec, sources, names)) {
            for (ResourceSpec each : source.resources()) {
              QuarantineRecords.of(spec, each, destination.metadata()).forEach(reader);
            }
          }
        });
  }

  private static void open(PipelineSpec spec, BiConsumer<List<OpenSource>, Destination> work) {
    Clock clock = Clock.systemUTC();
    PipelineSpec filled = RunTemplates.fill(spec, LoadId.next(clock).value(), clock.instant());
    List<OpenSource> sources = new ArrayList<>();
    try (Destination destination = Pipelines.openDestination(filled)) {
      for (SourceSpec source : filled.sources()) {
        sources.add(Pipelines.openSource(filled, source));
      }
      work.accept(sources, destination);
    } finally {
      sources.forEach(OpenSource::close);
    }
  }
}
