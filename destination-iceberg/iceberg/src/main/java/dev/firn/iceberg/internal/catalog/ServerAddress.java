package dev.firn.iceberg.internal.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Servers by the addresses that settings hold. */
public final class ServerAddress {
  private static final String JDBC = "jdbc:";
  private static final Map<String, Integer> PORTS =
      Map.of(
          "http", 80,
          "https", 443,
          "thrift", 9083,
          "postgresql", 5432,
          "mysql", 3306,
          "mariadb", 3306,
          "sqlserver", 1433);

  private ServerAddress() {}

  /** The server of an address such as {@code https://host/path} or {@code jdbc:x://host/base}. */
  public static Optional<URI> of(String address) {
    String plain = address.startsWith(JDBC) ? address.substring(JDBC.length()) : address;
    try {
      // Several servers stand behind one another, with commas.
      URI uri = new URI(plain.split("[,?]", 2)[0]);
      return Optional.of(uri).filter(each -> each.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The port that it names or that is usual for its scheme; -1 when there is none. */
  public static int port(URI server) {
    return server.getPort() >= 0
        ? server.getPort()
        : PORTS.getOrDefault(String.valueOf(server.getScheme()), -1);
  }
}
