package dev.firn.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a catalog is opened from.
 *
 * @param name the catalog's name in {@code catalogs}
 * @param settings its keys, templates filled in
 * @param projectFolder where {@code pipeline.yaml} is; relative paths start here
 */
public record CatalogConfig(String name, JsonNode settings, Path projectFolder) {

  /** The text of a key, or nothing when it is not set. */
  public Optional<String> value(String key) {
    JsonNode node = settings.path(key);
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
  }

  /**
   * The text of a key that must be set.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is not
   */
  public String required(String key) {
    return value(key)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "Catalog '" + name + "' has no '" + key + "'.",
                    "Set catalogs." + name + "." + key + "."));
  }

  /**
   * The properties for Iceberg: every key with a plain value except those that every catalog has
   * ({@code type}, {@code class}, {@code namespace-separator}), and what stands below {@code
   * properties}.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    copyValues(settings, properties);
    copyValues(settings.path("properties"), properties);
    properties.keySet().removeAll(Set.of("type", "class", "namespace-separator"));
    return properties;
  }

  private static void copyValues(JsonNode from, Map<String, String> to) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (field.getValue().isValueNode() && !field.getValue().isNull()) {
        to.put(field.getKey(), field.getValue().asText());
      }
    }
  }
}
