package dev.firn.iceberg.internal.jdbc;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.internal.io.Installed;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

/** The JDBC drivers on the class path and in {@code plugins/}. */
final class Drivers {
  private static final Map<String, String> JARS =
      Map.of(
          "jdbc:postgresql:", "org.postgresql:postgresql",
          "jdbc:mysql:", "com.mysql:mysql-connector-j",
          "jdbc:mariadb:", "org.mariadb.jdbc:mariadb-java-client",
          "jdbc:h2:", "com.h2database:h2",
          "jdbc:sqlserver:", "com.microsoft.sqlserver:mssql-jdbc",
          "jdbc:oracle:", "com.oracle.database.jdbc:ojdbc11");

  private Drivers() {}

  /**
   * The driver that understands an address. The driver manager sees only what is on the class path,
   * so what lies in {@code plugins/} is looked up by its services line.
   *
   * @param catalog the catalog's name in {@code catalogs}
   * @throws FirnException {@code INVALID_CONFIG} naming the jar to add
   */
  static Driver of(JdbcUri uri, String catalog) {
    return Stream.concat(Installed.of(Driver.class).stream(), DriverManager.drivers())
        .filter(driver -> accepts(driver, uri))
        .findFirst()
        .orElseThrow(() -> missing(uri, catalog));
  }

  private static boolean accepts(Driver driver, JdbcUri uri) {
    try {
      return driver.acceptsURL(uri.url());
    } catch (SQLException e) {
      return false;
    }
  }

  private static FirnException missing(JdbcUri uri, String catalog) {
    String scheme = uri.scheme();
    String jar = JARS.getOrDefault(scheme, "that database's driver");
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': no JDBC driver understands a uri that begins with '%s'."
            .formatted(catalog, new Redactor().redact(scheme)),
        "Put the jar of %s into plugins/ or on the class path, or correct catalogs.%s.uri (jdbc:sqlite:path needs nothing else)."
            .formatted(jar, catalog));
  }
}
