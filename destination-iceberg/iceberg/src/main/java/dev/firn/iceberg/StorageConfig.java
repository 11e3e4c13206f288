package dev.firn.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code storage} of a catalog.
 *
 * @param catalog the catalog's name in {@code catalogs}
 * @param settings the section's keys, templates filled in
 */
public record StorageConfig(String catalog, JsonNode settings) {

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
                    "Catalog '%s' has no 'storage.%s'.".formatted(catalog, key),
                    "Set catalogs.%s.storage.%s.".formatted(catalog, key)));
  }

  /**
   * Checks the keys; {@code type} is always known.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming a key that is not known, and the one that
   *     it may have meant
   */
  public void requireKnownKeys(Set<String> known) {
    CatalogKeys.checkStorage(this, known);
  }

  /** Tells no setting: there may be secrets among them. */
  @Override
  public String toString() {
    return "storage of catalog " + catalog;
  }
}
