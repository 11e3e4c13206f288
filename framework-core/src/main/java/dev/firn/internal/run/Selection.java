package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The resources that a run is asked for, by {@code resource} or {@code source.resource}. */
public final class Selection {
  private Selection() {}

  /**
   * The sources, offering their selected resources only.
   *
   * @param sources those of the pipeline, in its order
   * @param names empty: everything
   * @throws FirnException {@code INVALID_CONFIG} when a name means no resource, listing them all
   */
  public static List<OpenSource> of(
      PipelineSpec pipeline, List<OpenSource> sources, Set<String> names) {
    if (names.isEmpty()) {
      return sources;
    }
    Set<String> unknown = new TreeSet<>(names);
    List<String> known = new ArrayList<>();
    List<OpenSource> selected = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      List<ResourceSpec> resources = new ArrayList<>();
      for (ResourceSpec resource : sources.get(i).resources()) {
        String full = prefix(pipeline, i) + resource.name();
        known.add(full);
        unknown.remove(full);
        unknown.remove(resource.name());
        if (names.contains(full) || names.contains(resource.name())) {
          resources.add(resource);
        }
      }
      selected.add(new Part(sources.get(i), resources));
    }
    if (!unknown.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "There is no resource " + String.join(", ", unknown) + ".",
          "Resources: " + String.join(", ", known) + ".");
    }
    return selected;
  }

  /** The source with all its resources, of which some were selected. */
  static OpenSource whole(OpenSource source) {
    return source instanceof Part part ? part.whole() : source;
  }

  /** Sources that were built in code have no name in the pipeline. */
  private static String prefix(PipelineSpec pipeline, int source) {
    return source < pipeline.sources().size() ? pipeline.sources().get(source).name() + "." : "";
  }

  private record Part(OpenSource whole, List<ResourceSpec> resources) implements OpenSource {
    @Override
    public ResourceReader reader(ResourceSpec resource) {
      return whole.reader(resource);
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
