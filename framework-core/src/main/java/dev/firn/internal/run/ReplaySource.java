package dev.firn.internal.run;

import dev.firn.destination.MetadataService;
import dev.firn.load.LoadId;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.TableName;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a source's resources have in quarantine, as a source. */
public final class ReplaySource implements OpenSource {
  private final PipelineSpec pipeline;
  private final OpenSource source;
  private final MetadataService metadata;
  private final Set<LoadId> loads;
  private final List<QuarantineReader> readers = new ArrayList<>();

  /**
   * @param loads only what these kept aside; empty: everything
   */
  public ReplaySource(
      PipelineSpec pipeline, OpenSource source, MetadataService metadata, Set<LoadId> loads) {
    this.pipeline = pipeline;
    this.source = source;
    this.metadata = metadata;
    this.loads = loads;
  }

  @Override
  public List<ResourceSpec> resources() {
    return source.resources().stream().map(ResourceSpec::replay).toList();
  }

  @Override
  public ResourceReader reader(ResourceSpec replay) {
    ResourceSpec resource =
        source.resources().stream()
            .filter(each -> each.name().equals(replay.origin()))
            .findFirst()
            .orElseThrow();
    QuarantineReader reader =
        new QuarantineReader(
            new QuarantineReader.Request(
                metadata, pipeline.name(), resource, table(pipeline, resource), loads),
            source.reader(resource).fileColumns(),
            pipeline.folder().resolve(".firn/replay"));
    readers.add(reader);
    return reader;
  }

  /** The resource's root table. */
  public static TableName table(PipelineSpec pipeline, ResourceSpec resource) {
    String name = resource.table().orElse(resource.name());
    String namespace = pipeline.destination().namespace().orElse(pipeline.name());
    return TableName.parse(name).inNamespace(namespace);
  }

  /** Closes what it opened; the source itself is its owner's. */
  @Override
  public void close() {
    readers.forEach(QuarantineReader::close);
  }
}
