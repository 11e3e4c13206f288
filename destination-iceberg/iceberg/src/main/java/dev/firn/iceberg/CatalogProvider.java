package dev.firn.iceberg;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;

/**
 * Opens catalogs of one type; found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * public final class JsonFileCatalogProvider implements CatalogProvider {
 *   public String type() { return "json-file"; }
 *   public Catalog open(CatalogConfig config) { return new JsonFileCatalog(config.required("path")); }
 * }
 * }</pre>
 */
public interface CatalogProvider {
  /** The value of {@code type} in {@code catalogs}. */
  String type();

  /**
   * Looks at the settings without connecting to anything or writing anywhere.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when a setting is missing or wrong
   */
  default void check(CatalogConfig config) {}

  /**
   * Connects.
   *
   * @return a catalog that the caller closes if it is closeable
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when a setting is missing or wrong
   */
  Catalog open(CatalogConfig config);

  /** What catalogs of this type can do; what is not said is tried. */
  default CatalogCapabilities capabilities() {
    return CatalogCapabilities.UNKNOWN;
  }

  /**
   * Which catalog and warehouse these settings mean, without secrets. Two configurations of the
   * same one agree.
   */
  default String identity(CatalogConfig config) {
    return Stream.of(config.value("uri"), config.value("warehouse"))
        .flatMap(value -> value.stream())
        .collect(Collectors.joining(" ", type() + " ", ""))
        .strip();
  }
}
