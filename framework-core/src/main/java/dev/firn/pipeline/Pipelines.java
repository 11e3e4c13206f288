package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.Diagnosis;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.run.PipelineRun;
import dev.firn.internal.run.Planner;
import dev.firn.internal.run.Selection;
import dev.firn.internal.yaml.RunTemplates;
import dev.firn.internal.yaml.SecretNames;
import dev.firn.load.LoadId;
import dev.firn.pipeline.PipelinePlan.ResourcePlan;
import dev.firn.source.OpenSource;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs pipelines. */
public final class Pipelines {
  private Pipelines() {}

  /**
   * Runs a pipeline whose sources and destination are found by their types.
   *
   * @return what was done; a failure is part of it ({@link RunReport#error})
   * @throws dev.firn.error.FirnException before anything was read: a source or the destination
   *     cannot be opened
   */
  public static RunReport run(PipelineSpec spec, RunOptions options) {
    Clock clock = Clock.systemUTC();
    String runId = LoadId.next(clock).value();
    PipelineSpec filled = RunTemplates.fill(spec, runId, clock.instant());
    List<OpenSource> sources = new ArrayList<>();
    try (Destination destination = openDestination(filled)) {
      for (SourceSpec source : filled.sources()) {
        sources.add(openSource(filled, source));
      }
      List<OpenSource> selected = Selection.of(filled, sources, options.select());
      return new PipelineRun(filled, destination, options, clock, runId).run(selected);
    } finally {
      sources.forEach(OpenSource::close);
    }
  }

  /**
   * Runs a pipeline with sources and a destination that are open already; the caller closes them.
   */
  public static RunReport run(
      PipelineSpec spec, List<OpenSource> sources, Destination destination, RunOptions options) {
    Clock clock = Clock.systemUTC();
    String runId = LoadId.next(clock).value();
    List<OpenSource> selected = Selection.of(spec, sources, options.select());
    return new PipelineRun(spec, destination, options, clock, runId).run(selected);
  }

  /** Tells what a run would do, from a sample of the input; writes nothing. */
  public static PipelinePlan plan(PipelineSpec spec, RunOptions options) {
    Clock clock = Clock.systemUTC();
    PipelineSpec filled = RunTemplates.fill(spec, LoadId.next(clock).value(), clock.instant());
    List<OpenSource> sources = new ArrayList<>();
    try (Destination destination = openDestination(filled)) {
      for (SourceSpec source : filled.sources()) {
        sources.add(openSource(filled, source));
      }
      return plan(filled, sources, destination, options);
    } finally {
      sources.forEach(OpenSource::close);
    }
  }

  /** Plans with sources and a destination that are open already; the caller closes them. */
  public static PipelinePlan plan(
      PipelineSpec spec, List<OpenSource> sources, Destination destination, RunOptions options) {
    List<ResourcePlan> plans = new ArrayList<>();
    for (OpenSource source : Selection.of(spec, sources, options.select())) {
      plans.addAll(Planner.plan(spec, source, destination, options));
    }
    return new PipelinePlan(spec.name(), destination.identity(), plans);
  }

  /**
   * Prepares each source and closes it again, which tells mistakes in the keys of its own type;
   * reads no data and connects to nothing.
   *
   * @return how many resources there are, those that code alone names among them
   * @throws FirnException what {@link #openSource} throws
   */
  public static int check(PipelineSpec spec) {
    Clock clock = Clock.systemUTC();
    PipelineSpec filled = RunTemplates.fill(spec, LoadId.next(clock).value(), clock.instant());
    int resources = 0;
    for (SourceSpec source : filled.sources()) {
      try (OpenSource open = openSource(filled, source)) {
        resources += open.resources().size();
      }
    }
    return resources;
  }

  /** The sources, offering only the resources of these names. */
  static List<OpenSource> selected(
      PipelineSpec spec, List<OpenSource> sources, Set<String> resources) {
    return Selection.of(spec, sources, resources);
  }

  /** Connects to the pipeline's destination. */
  public static Destination openDestination(PipelineSpec spec) {
    DestinationSpec where = spec.destination();
    requireWorkFolder(spec.folder().resolve(".firn"));
    Providers installed = Providers.in(spec.folder());
    DestinationConfig config =
        new DestinationConfig(where.catalog(), where.settings(), spec.folder());
    return installed.open(() -> installed.destination(where.type()).open(config));
  }

  /**
   * Tries all that a load needs of the pipeline's destination, step by step: from its name to a row
   * that is committed and taken away again. What goes wrong is part of the answer ({@link
   * Diagnosis#failure}).
   */
  public static Diagnosis diagnose(PipelineSpec spec) {
    DestinationSpec where = spec.destination();
    Providers installed = Providers.in(spec.folder());
    DestinationConfig config =
        new DestinationConfig(where.catalog(), where.settings(), spec.folder());
    return installed.within(
        () ->
            installed
                .destination(where.type())
                .diagnose(config, SecretNames.redactor(where.settings())));
  }

  private static void requireWorkFolder(Path work) {
    if (Files.exists(work) && !Files.isDirectory(work)) {
      throw new FirnException(
          ErrorCode.UNREADABLE_PATH,
          work + " is a file, but Firn keeps its loads, reports and the embedded catalog in it.",
          "Move the file away; Firn makes the folder.");
    }
  }

  /** Prepares one of the pipeline's sources. */
  public static OpenSource openSource(PipelineSpec spec, SourceSpec source) {
    Providers providers = Providers.in(spec.folder());
    SourceProvider.Context context =
        new SourceProvider.Context(spec.folder(), providers.loader(), spec.limits().ofRecord());
    return providers.source(source.type()).open(source, context);
  }
}
