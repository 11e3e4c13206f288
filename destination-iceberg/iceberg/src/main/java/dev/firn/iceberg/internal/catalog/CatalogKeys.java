package dev.firn.iceberg.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.StorageConfig;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a catalog's section. What is none of them belongs below {@code properties}. */
public final class CatalogKeys {
  private static final String CACHE_ENABLED = "cache.enabled";
  private static final String PROPERTIES = "properties";
  private static final Set<String> OF_ALL =
      Set.of("type", "class", "namespace-separator", "cache", CACHE_ENABLED, PROPERTIES, "storage");
  private static final Set<String> SECTIONS = Set.of("auth", PROPERTIES, "storage");

  private CatalogKeys() {}

  /**
   * Checks the keys of a catalog. A known key that ends with a dot stands for all that begin with
   * it; those that begin with {@code header.} are HTTP headers, wherever there may be one.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming a key that does not exist, and the one that
   *     it may have meant
   */
  public static void check(CatalogConfig config, Set<String> known) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(OF_ALL);
    check(config, "", all);
    SECTIONS.forEach(section -> requireSection(config, section));
    for (Map.Entry<String, JsonNode> each : config.settings().path(PROPERTIES).properties()) {
      requirePlain(config, PROPERTIES + "." + each.getKey(), each.getValue());
    }
  }

  private static void requireSection(CatalogConfig config, String section) {
    JsonNode value = config.settings().path(section);
    if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': %s has no keys below it.".formatted(config.name(), section),
          "Write catalogs.%s.%s as a section: {%s: ...}."
              .formatted(config.name(), section, section.equals(PROPERTIES) ? "KEY" : "type"));
    }
  }

  private static void requirePlain(CatalogConfig config, String key, JsonNode value) {
    if (value.isContainerNode()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': %s is no plain value.".formatted(config.name(), key),
          "Write the whole name with its dots as one key: \"a.b\": value.");
    }
  }

  /**
   * The truth of a key, false when it is not set.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is neither true nor false
   */
  public static boolean isTrue(CatalogConfig config, String key) {
    String value = config.value(key).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': %s is neither true nor false.".formatted(config.name(), key),
          "Set catalogs.%s.%s to true or false.".formatted(config.name(), key));
    }
    return value.equals("true");
  }

  /** As the other one, for a section of a catalog's settings. */
  public static void checkSection(CatalogConfig section, String name, Set<String> known) {
    Set<String> all = new TreeSet<>(known);
    all.add("type");
    check(section, name + ".", all);
  }

  /**
   * Whether the metadata of tables may be kept for a while: {@code cache: {enabled: false}}, {@code
   * cache: false} or {@code cache.enabled: false} forbids it.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is neither true nor false
   */
  public static boolean cached(CatalogConfig config) {
    JsonNode cache = config.settings().path("cache");
    cache.fieldNames().forEachRemaining(key -> requireEnabled(config, key));
    JsonNode enabled = cache.isObject() ? cache.path("enabled") : cache;
    String value =
        enabled.isMissingNode() ? config.value(CACHE_ENABLED).orElse("true") : enabled.asText();
    if (!value.equals("true") && !value.equals("false")) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': cache.enabled is neither true nor false.".formatted(config.name()),
          "Set catalogs.%s.cache to {enabled: false}, or leave it out.".formatted(config.name()));
    }
    return value.equals("true");
  }

  private static void requireEnabled(CatalogConfig config, String key) {
    if (!key.equals("enabled")) {
      throw unknown(config.name(), "cache." + key, Set.of("enabled"));
    }
  }

  /**
   * The text of a key that a section of a catalog's settings must have.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is not set
   */
  public static String required(CatalogConfig section, String name, String key) {
    return section
        .value(key)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "Catalog '%s' has no '%s.%s'.".formatted(section.name(), name, key),
                    "Set catalogs.%s.%s.%s.".formatted(section.name(), name, key)));
  }

  /** As the other one, for the section {@code storage}. */
  public static void checkStorage(StorageConfig section, Set<String> known) {
    Set<String> all = new TreeSet<>(known);
    all.add("type");
    check(section.catalog(), section.settings(), "storage.", all);
  }

  private static void check(CatalogConfig config, String prefix, Set<String> known) {
    check(config.name(), config.settings(), prefix, known);
  }

  private static void check(String catalog, JsonNode settings, String prefix, Set<String> known) {
    for (Iterator<String> keys = settings.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key) && !beginsAsOneOf(known, key)) {
        throw unknown(catalog, prefix + key, known);
      }
    }
  }

  private static FirnException unknown(String catalog, String key, Set<String> known) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s' has no key '%s'.".formatted(catalog, key),
        Spelling.hint(key.substring(key.lastIndexOf('.') + 1), known)
            + " What goes straight to Iceberg stands below 'properties'.");
  }

  private static boolean beginsAsOneOf(Set<String> known, String key) {
    return key.startsWith("header.")
        || known.stream().anyMatch(each -> each.endsWith(".") && key.startsWith(each));
  }
}
