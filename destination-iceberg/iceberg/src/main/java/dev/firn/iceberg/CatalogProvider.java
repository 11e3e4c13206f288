package dev.firn.iceberg;

import dev.firn.iceberg.internal.catalog.ServerAddress;
import java.net.URI;
import java.util.List;
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
   * The servers that these settings lead to; none for a catalog on this machine. Only their hosts
   * and ports count.
   */
  default List<URI> servers(CatalogConfig config) {
    return ServerAddress.all(config.value("uri").orElse(""));
  }

  /** Whether {@link #servers} stand in for one another, so that one that answers is enough. */
  default boolean oneServerIsEnough() {
    return true;
  }

  /** What its server can be asked for before the catalog is opened, in this order. */
  default List<CatalogProbe> probes(CatalogConfig config) {
    return List.of();
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
