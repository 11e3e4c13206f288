package dev.firn.iceberg.internal.catalog;

import dev.firn.destination.Capability;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Catalogs in a database. Without settings: an SQLite file and a warehouse under the project's
 * {@code .firn/}.
 */
public final class JdbcCatalogProvider implements CatalogProvider {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String BUSY_TIMEOUT_MILLIS = "3000";

  @Override
  public String type() {
    return "jdbc";
  }

  @Override
  public CatalogCapabilities capabilities() {
    return CatalogCapabilities.of(
        Capability.NESTED_NAMESPACES, Capability.FORMAT_V3, Capability.RENAME_TABLE);
  }

  @Override
  public String identity(CatalogConfig config) {
    return uri(config) + " " + warehouse(config);
  }

  @Override
  public void check(CatalogConfig config) {
    String uri = uri(config);
    try {
      DriverManager.getDriver(uri);
    } catch (SQLException noDriver) {
      String[] parts = uri.split(":", 3);
      String scheme = parts.length < 2 ? uri : parts[0] + ":" + parts[1] + ":";
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': no JDBC driver understands a uri that begins with '%s'."
              .formatted(config.name(), new Redactor().redact(scheme)),
          "Correct catalogs.%s.uri (jdbc:sqlite:path needs nothing else), or put the driver's jar on the class path."
              .formatted(config.name()),
          noDriver);
    }
  }

  @Override
  public Catalog open(CatalogConfig config) {
    Map<String, String> properties = config.properties();
    String uri = uri(config);
    properties.put(CatalogProperties.URI, uri);
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse(config));
    properties.putIfAbsent("jdbc.schema-version", "V1");
    config.value("user").ifPresent(user -> properties.put("jdbc.user", user));
    config.value("password").ifPresent(secret -> properties.put("jdbc.password", secret));
    config.storage().forEach(properties::putIfAbsent);
    if (uri.startsWith(SQLITE)) {
      makeFolderOf(uri);
      // SQLite lets one connection write at a time; a second one here would only wait for the
      // first.
      properties.put(CatalogProperties.CLIENT_POOL_SIZE, "1");
      properties.putIfAbsent("jdbc.busy_timeout", BUSY_TIMEOUT_MILLIS);
    }
    JdbcCatalog catalog = new JdbcCatalog();
    catalog.initialize(config.name(), properties);
    return catalog;
  }

  private static String uri(CatalogConfig config) {
    String uri = config.value("uri").orElse(SQLITE + ".firn/catalog.db");
    if (!uri.startsWith(SQLITE)
        || uri.startsWith(SQLITE + ":")
        || uri.startsWith(SQLITE + "file:")) {
      return uri;
    }
    return SQLITE
        + config
            .projectFolder()
            .toAbsolutePath()
            .resolve(uri.substring(SQLITE.length()))
            .normalize();
  }

  private static String warehouse(CatalogConfig config) {
    return config.location(config.value("warehouse").orElse(".firn/warehouse"));
  }

  private static void makeFolderOf(String uri) {
    String file = uri.substring(SQLITE.length()).split("\\?", 2)[0];
    Path folder =
        file.startsWith(":") || file.startsWith("file:") ? null : Path.of(file).getParent();
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
