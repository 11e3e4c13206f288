package dev.firn.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A source as it is written in {@code pipeline.yaml}.
 *
 * @param settings the keys that its type understands, templates filled in
 * @param resources those that YAML names; a Java source may offer more
 * @param written the keys that YAML spells out, by resource: over a Java source just these win
 */
public record SourceSpec(
    String name,
    String type,
    JsonNode settings,
    List<ResourceSpec> resources,
    Map<String, Set<String>> written) {
  public SourceSpec {
    resources = List.copyOf(resources);
    written = Map.copyOf(written);
  }

  /** A source whose resources are complete as they are. */
  public SourceSpec(String name, String type, JsonNode settings, List<ResourceSpec> resources) {
    this(name, type, settings, resources, Map.of());
  }

  /** Tells no setting: there may be secrets among them. */
  @Override
  public String toString() {
    return "source %s of type %s with %s".formatted(name, type, resources);
  }
}
