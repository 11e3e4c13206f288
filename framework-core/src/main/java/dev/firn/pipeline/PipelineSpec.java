package dev.firn.pipeline;

import dev.firn.contract.Evolution;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * What a pipeline is: the one model behind YAML, annotations and the builder.
 *
 * @param folder where {@code pipeline.yaml} is; {@code .firn/} and relative paths start here
 * @param evolution modes for resources that name none
 */
public record PipelineSpec(
    String name,
    Path folder,
    List<SourceSpec> sources,
    DestinationSpec destination,
    Evolution evolution,
    Limits limits,
    Concurrency concurrency) {
  public PipelineSpec {
    sources = List.copyOf(sources);
  }

  /** A pipeline whose runs treat each other as they do by default. */
  public PipelineSpec(
      String name,
      Path folder,
      List<SourceSpec> sources,
      DestinationSpec destination,
      Evolution evolution,
      Limits limits) {
    this(name, folder, sources, destination, evolution, limits, Concurrency.DEFAULT);
  }

  /** The same for one of several loads that share the machine. */
  public PipelineSpec sharedBy(int loads) {
    return new PipelineSpec(
        name, folder, sources, destination, evolution, limits.sharedBy(loads), concurrency);
  }
}
