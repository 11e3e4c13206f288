package dev.firn.iceberg.internal.jdbc;

import dev.firn.destination.Capability;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.catalog.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Catalogs in a database. Without settings: an SQLite file and a warehouse under the project's
 * {@code .firn/}.
 */
public final class JdbcCatalogProvider implements CatalogProvider {
  private static final String BUSY_TIMEOUT_MILLIS = "3000";
  // Iceberg makes its tables with columns of this width; SQLite does not look at it.
  private static final int LONGEST_NAME = 255;
  private static final Set<String> KEYS = Set.of("uri", "warehouse", "user", "password", "jdbc.");

  @Override
  public String type() {
    return "jdbc";
  }

  @Override
  public CatalogCapabilities capabilities() {
    return CatalogCapabilities.of(
            Capability.NESTED_NAMESPACES, Capability.FORMAT_V3, Capability.RENAME_TABLE)
        .longestName(LONGEST_NAME);
  }

  @Override
  public String identity(CatalogConfig config) {
    return JdbcUri.of(config).url() + " " + warehouse(config);
  }

  @Override
  public void check(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    Drivers.of(JdbcUri.of(config), config.name());
  }

  @Override
  public List<URI> servers(CatalogConfig config) {
    return ServerAddress.all(JdbcUri.of(config).url());
  }

  @Override
  public Catalog open(CatalogConfig config) {
    JdbcUri uri = JdbcUri.of(config);
    Driver driver = Drivers.of(uri, config.name());
    Map<String, String> properties = properties(config, uri);
    if (uri.isSqlite()) {
      uri.sqliteFile().ifPresent(JdbcCatalogProvider::makeFolderOf);
    }
    try {
      return opened(config.name(), driver, uri, properties);
    } catch (UncheckedSQLException e) {
      throw JdbcFailure.opening(config, uri, e);
    }
  }

  private static Map<String, String> properties(CatalogConfig config, JdbcUri uri) {
    Map<String, String> properties = config.properties();
    properties.keySet().removeAll(KEYS);
    properties.put(CatalogProperties.URI, uri.url());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse(config));
    properties.putIfAbsent("jdbc.schema-version", "V1");
    uri.user().ifPresent(user -> properties.put("jdbc.user", user));
    uri.password().ifPresent(secret -> properties.put("jdbc.password", secret));
    config.storage().forEach(properties::putIfAbsent);
    if (uri.isSqlite()) {
      // SQLite lets one connection write at a time; a second one here would only wait for the
      // first.
      properties.put(CatalogProperties.CLIENT_POOL_SIZE, "1");
      properties.putIfAbsent("jdbc.busy_timeout", BUSY_TIMEOUT_MILLIS);
    }
    return properties;
  }

  // Of two processes that are the first, the later one fails to add a column to Iceberg's tables
  // that is there by then; its second look finds all of them.
  private static Catalog opened(
      String name, Driver driver, JdbcUri uri, Map<String, String> properties) {
    try {
      return initialized(name, driver, uri, properties);
    } catch (UncheckedSQLException e) {
      if (String.valueOf(e.getCause()).contains("iceberg_")) {
        return initialized(name, driver, uri, properties);
      }
      throw e;
    }
  }

  private static Catalog initialized(
      String name, Driver driver, JdbcUri uri, Map<String, String> properties) {
    Connections connections = new Connections(driver, uri.url(), properties);
    JdbcCatalog catalog =
        new JdbcCatalog(
            settings ->
                CatalogUtil.loadFileIO(
                    settings.get(CatalogProperties.FILE_IO_IMPL), settings, null),
            settings -> connections,
            true);
    try {
      catalog.initialize(name, properties);
      return catalog;
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  private static String warehouse(CatalogConfig config) {
    return config.location(config.value("warehouse").orElse(".firn/warehouse"));
  }

  private static void makeFolderOf(String file) {
    Path folder = Path.of(file).getParent();
    if (folder != null) {
      try {
        Files.createDirectories(folder);
      } catch (FileAlreadyExistsException inTheWay) {
        throw new FirnException(
            ErrorCode.UNREADABLE_PATH,
            inTheWay.getFile() + " is a file, but the catalog's folder has to be there.",
            "Move it away, or give the catalog another uri.",
            inTheWay);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
