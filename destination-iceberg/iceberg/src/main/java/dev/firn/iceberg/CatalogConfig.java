package dev.firn.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.io.AnyFileIO;
import dev.firn.iceberg.internal.io.LocalPaths;
import dev.firn.iceberg.internal.io.Storages;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;

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
   * Checks the keys. Those that all catalogs have, and HTTP headers, are always known.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming a key that is not known, and the one that
   *     it may have meant
   */
  public void requireKnownKeys(Set<String> known) {
    CatalogKeys.check(this, known);
  }

  /** A location as Iceberg writes it; a local path that is relative starts at the project. */
  public String location(String location) {
    return LocalPaths.isLocal(location)
        ? LocalPaths.location(
            projectFolder.toAbsolutePath().resolve(LocalPaths.path(location)).normalize())
        : location;
  }

  /**
   * The properties by which Iceberg finds the storage of tables, wherever they lie: those of the
   * section {@code storage}.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} or {@code INVALID_CONFIG} when the section is wrong
   */
  public Map<String, String> storage() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(
        CatalogProperties.FILE_IO_IMPL,
        properties().getOrDefault(CatalogProperties.FILE_IO_IMPL, AnyFileIO.class.getName()));
    JsonNode section = settings.path("storage");
    if (!section.isMissingNode()) {
      properties.putAll(Storages.properties(new StorageConfig(name, section)));
    }
    return properties;
  }

  /**
   * The properties for Iceberg: every key with a plain value except those that every catalog has
   * ({@code type}, {@code class}, {@code namespace-separator}, {@code cache.enabled}), and what
   * stands below {@code properties}.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    copyValues(settings, properties);
    copyValues(settings.path("properties"), properties);
    properties
        .keySet()
        .removeAll(Set.of("type", "class", "namespace-separator", "cache", "cache.enabled"));
    return properties;
  }

  private static void copyValues(JsonNode from, Map<String, String> to) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (field.getValue().isValueNode() && !field.getValue().isNull()) {
        to.put(field.getKey(), field.getValue().asText());
      }
    }
  }

  /** Tells no setting: there may be secrets among them. */
  @Override
  public String toString() {
    return "catalog " + name;
  }
}
