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
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.iceberg.CatalogUtil;
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
  /** The type of a catalog that names none: a file under {@code .firn/}. */
  static final String DEFAULT_TYPE = "jdbc";

  /** A catalog of which nothing else is known. */
  public OpenCatalog(Catalog catalog, String identity) {
    this(catalog, identity, TableNames.PLAIN, CatalogCapabilities.UNKNOWN, true);
  }

  /**
   * Opens the catalog that {@code type} or {@code class} names.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when no installed provider has that type
   */
  public static OpenCatalog of(CatalogConfig config) {
    CatalogKeys.cached(config); // a mistake there is told before anything is opened
    try {
      return config
          .value("class")
          .map(name -> ofClass(name, config))
          .orElseGet(() -> ofType(config));
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
    if (config.value("class").isEmpty()) {
      provider(config).check(config);
    }
    config.storage();
    config.value("warehouse").ifPresent(Storages::requireInstalled);
  }

  private static OpenCatalog ofClass(String className, CatalogConfig config) {
    Map<String, String> properties = config.properties();
    if (config.settings().has("storage")) {
      config.storage().forEach(properties::putIfAbsent);
    }
    Catalog catalog = CatalogUtil.loadCatalog(className, config.name(), properties, null);
    Optional<String> place = config.value("uri").or(() -> config.value("warehouse"));
    return opened(
        config,
        catalog,
        className + " " + place.orElse(config.name()),
        CatalogCapabilities.UNKNOWN);
  }

  private static OpenCatalog ofType(CatalogConfig config) {
    CatalogProvider provider = provider(config);
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
    return config.value("class").isPresent() ? Optional.empty() : Optional.of(provider(config));
  }

  private static CatalogProvider provider(CatalogConfig config) {
    Map<String, CatalogProvider> installed = new TreeMap<>();
    ServiceLoader.load(CatalogProvider.class).forEach(each -> installed.put(each.type(), each));
    String type = config.value("type").orElse(DEFAULT_TYPE);
    CatalogProvider provider = installed.get(type);
    if (provider == null) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "No catalog type '%s'. Installed: %s."
              .formatted(type, String.join(", ", installed.keySet())),
          "Add its jar to plugins/ or correct catalogs.%s.type; any Iceberg catalog can be named by class."
              .formatted(config.name()));
    }
    return provider;
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
