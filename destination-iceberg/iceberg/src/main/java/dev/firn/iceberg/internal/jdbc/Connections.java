package dev.firn.iceberg.internal.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Connections of one driver, which the driver manager need not see. */
final class Connections extends JdbcClientPool {
  private static final String PREFIX = "jdbc.";

  private final Driver driver;
  private final String url;
  private final Properties properties = new Properties();

  /**
   * @param settings Iceberg's; those that begin with {@code jdbc.} are the driver's
   */
  Connections(Driver driver, String url, Map<String, String> settings) {
    super(url, settings);
    this.driver = driver;
    this.url = url;
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            properties.put(key.substring(PREFIX.length()), value);
          }
        });
  }

  @Override
  protected Connection newClient() {
    try {
      return driver.connect(url, properties);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "Failed to connect: %s", url);
    }
  }
}
