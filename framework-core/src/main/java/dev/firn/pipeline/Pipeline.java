package dev.firn.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.destination.Destination;
import dev.firn.internal.discover.JavaSourceProvider;
import dev.firn.source.OpenSource;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A pipeline in code. It never changes: each method gives another one, {@link #run} runs it. */
public final class Pipeline {
  private final String name;
  private final Path folder;
  private final Optional<DestinationSpec> destination;
  private final Evolution evolution;
  private final Limits limits;
  private final Concurrency concurrency;
  private final List<Function<PipelineSpec, OpenSource>> sources;

  Pipeline(
      String name,
      Path folder,
      Optional<DestinationSpec> destination,
      Evolution evolution,
      Limits limits,
      Concurrency concurrency,
      List<Function<PipelineSpec, OpenSource>> sources) {
    this.name = name;
    this.folder = folder;
    this.destination = destination;
    this.evolution = evolution;
    this.limits = limits;
    this.concurrency = concurrency;
    this.sources = List.copyOf(sources);
  }

  /** Lands the tables there; such as {@code Iceberg.catalog(name, settings)}. */
  public Pipeline destination(DestinationSpec other) {
    return new Pipeline(name, folder, Optional.of(other), evolution, limits, concurrency, sources);
  }

  /** Keeps {@code .firn/} and resolves relative paths in this folder. */
  public Pipeline workFolder(Path other) {
    return new Pipeline(
        name, other.toAbsolutePath(), destination, evolution, limits, concurrency, sources);
  }

  /** Contract modes for resources that name none. */
  public Pipeline evolution(Evolution other) {
    return new Pipeline(name, folder, destination, other, limits, concurrency, sources);
  }

  public Pipeline limits(Limits other) {
    return new Pipeline(name, folder, destination, evolution, other, concurrency, sources);
  }

  /** How runs that meet at one table treat each other. */
  public Pipeline concurrency(Concurrency other) {
    return new Pipeline(name, folder, destination, evolution, limits, other, sources);
  }

  /**
   * Adds a source that the caller has made: an object of a class with {@link
   * dev.firn.source.Source}, its settings filled in by the caller. A source that is {@link
   * AutoCloseable} is closed after each run.
   */
  public Pipeline source(Object annotated) {
    return with(spec -> JavaSourceProvider.open(annotated, spec.folder()));
  }

  /** Adds a source of an installed type, as {@code pipeline.yaml} would. */
  public Pipeline source(SourceSpec source) {
    return with(spec -> Pipelines.openSource(spec, source));
  }

  private Pipeline with(Function<PipelineSpec, OpenSource> source) {
    List<Function<PipelineSpec, OpenSource>> more = new ArrayList<>(sources);
    more.add(source);
    return new Pipeline(name, folder, destination, evolution, limits, concurrency, more);
  }

  /**
   * Runs all sources, then these resources.
   *
   * @return what was done; a failure is part of it ({@link RunReport#throwIfFailed})
   * @throws dev.firn.error.FirnException before anything was read: {@code INVALID_SOURCE} with
   *     every mistake, or a destination that cannot be opened
   */
  public RunReport run(Resource... resources) {
    return run(RunOptions.DEFAULT, resources);
  }

  /** Runs with options; otherwise as {@link #run(Resource...)}. */
  public RunReport run(RunOptions options, Resource... resources) {
    try (Destination lake = Pipelines.openDestination(spec())) {
      return run(lake, options, resources);
    }
  }

  /**
   * Runs into a destination that is open already, whatever {@link #destination} says; the caller
   * closes it.
   */
  public RunReport run(Destination open, RunOptions options, Resource... resources) {
    return opened(resources, (spec, ready) -> Pipelines.run(spec, ready, open, options));
  }

  /**
   * Tells what a run into a destination that is open already would do, from a sample of the input;
   * writes nothing.
   */
  public PipelinePlan plan(Destination open, RunOptions options, Resource... resources) {
    return opened(resources, (spec, ready) -> Pipelines.plan(spec, ready, open, options));
  }

  private <T> T opened(Resource[] resources, BiFunction<PipelineSpec, List<OpenSource>, T> action) {
    PipelineSpec spec = spec();
    Pipeline whole =
        resources.length == 0 ? this : with(any -> Resource.opened(List.of(resources), folder));
    List<OpenSource> ready = new ArrayList<>();
    try {
      whole.sources.forEach(source -> ready.add(source.apply(spec)));
      return action.apply(spec, ready);
    } finally {
      ready.forEach(OpenSource::close);
    }
  }

  private PipelineSpec spec() {
    DestinationSpec where = destination.orElseGet(Pipeline::embedded);
    return new PipelineSpec(name, folder, List.of(), where, evolution, limits, concurrency);
  }

  private static DestinationSpec embedded() {
    return new DestinationSpec(
        "iceberg",
        "local",
        JsonNodeFactory.instance.objectNode().put("type", "jdbc"),
        Optional.empty());
  }
}
