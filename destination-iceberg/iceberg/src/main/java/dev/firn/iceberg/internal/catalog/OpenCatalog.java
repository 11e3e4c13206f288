package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.io.Storages;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;

/**
 * A catalog with the name of what it is connected to.
 *
 * @param identity catalog and warehouse, without secrets
 * @param names how Firn's names are written in it
 * @param cached whether the metadata of tables may be kept for a while
 */
public record OpenCatalog(
    Catalog catalog,
    String identity,
    TableNames names,
    CatalogCapabilities capabilities,
    boolean cached)
    implements AutoCloseable {
  /** A catalog of which nothing else is known. */
  public OpenCatalog(Catalog catalog, String identity) {
    this(catalog, identity, TableNames.PLAIN, CatalogCapabilities.UNKNOWN, true);
  }

  /**
   * Opens the catalog that {@code type} or {@code class} names.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when no installed provider has that type, {@code
   *     INVALID_CONFIG} when the class is none
   */
  public static OpenCatalog of(CatalogConfig config) {
    CatalogKeys.cached(config); // a mistake there is told before anything is opened
    try {
      return config.value("class").isPresent() ? ofClass(config) : ofType(config);
    } catch (RuntimeException e) {
      throw CatalogFailure.opening(config, e);
    } catch (NoClassDefFoundError e) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "Cannot open catalog '%s': its jars lack the class %s."
              .formatted(config.name(), String.valueOf(e.getMessage()).replace('/', '.')),
          "Put all jars of the catalog's type into plugins/.",
          e);
    }
  }

  /**
   * Looks at the settings without connecting.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when no installed provider has that type, {@code
   *     INVALID_CONFIG} when its settings cannot be right
   */
  public static void check(CatalogConfig config) {
    CatalogKeys.cached(config);
    if (config.value("class").isPresent()) {
      CatalogClass.of(config);
    } else {
      InstalledCatalogs.provider(config).check(config);
    }
    config.storage();
    config.value("warehouse").ifPresent(Storages::requireInstalled);
  }

  private static OpenCatalog ofClass(CatalogConfig config) {
    Catalog catalog = CatalogClass.open(config);
    return opened(config, catalog, CatalogClass.identity(config), CatalogCapabilities.UNKNOWN);
  }

  private static OpenCatalog ofType(CatalogConfig config) {
    CatalogProvider provider = InstalledCatalogs.provider(config);
    check(config);
    return of(provider.open(config), provider, config);
  }

  /** A catalog that the provider has opened with these settings. */
  public static OpenCatalog of(Catalog catalog, CatalogProvider provider, CatalogConfig config) {
    return opened(config, catalog, provider.identity(config), provider.capabilities());
  }

  /**
   * The provider of the catalog's type; nothing for one that is named by its class.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when no installed provider has that type
   */
  public static Optional<CatalogProvider> providerOf(CatalogConfig config) {
    return config.value("class").isPresent()
        ? Optional.empty()
        : Optional.of(InstalledCatalogs.provider(config));
  }

  private static OpenCatalog opened(
      CatalogConfig config, Catalog catalog, String identity, CatalogCapabilities capabilities) {
    TableNames names =
        new TableNames(config.name(), capabilities, config.value("namespace-separator"));
    return new OpenCatalog(
        catalog, new Redactor().redact(identity), names, capabilities, CatalogKeys.cached(config));
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
