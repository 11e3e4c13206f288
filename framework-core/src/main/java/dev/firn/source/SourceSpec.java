package dev.firn.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A source as it is written in {@code pipeline.yaml}.
 *
 * @param settings the keys that its type understands, templates filled in
 * @param resources those that YAML names; a Java source may offer more
 */
public record SourceSpec(
    String name, String type, JsonNode settings, List<ResourceSpec> resources) {
  public SourceSpec {
    resources = List.copyOf(resources);
  }
}
