package dev.firn.iceberg.internal.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servers by the addresses that settings hold. */
public final class ServerAddress {
  private static final Map<String, Integer> PORTS =
      Map.of(
          "http", 80,
          "https", 443,
          "thrift", 9083,
          "postgresql", 5432,
          "postgres", 5432,
          "mysql", 3306,
          "mariadb", 3306,
          "sqlserver", 1433,
          "oracle", 1521);

  // Also jdbc:oracle:thin:@//host:1521/service and jdbc:sqlserver://host;databaseName=lake.
  private static final Pattern ADDRESS =
      Pattern.compile("(?:jdbc:)?([a-z][a-z0-9+.-]*):(?:[a-z]+:)*@?//([^/?;]+).*");

  private ServerAddress() {}

  /**
   * The servers of addresses such as {@code https://host/path} or {@code jdbc:x://host,host/base},
   * in their order; what is none is left out.
   */
  public static List<URI> all(String addresses) {
    List<URI> servers = new ArrayList<>();
    for (String address : addresses.split(",\\s*(?=[a-z]+://)", -1)) {
      Matcher parts = ADDRESS.matcher(address.strip());
      if (parts.matches()) {
        String hosts = parts.group(2).substring(parts.group(2).lastIndexOf('@') + 1);
        for (String host : hosts.split(",", -1)) {
          add(parts.group(1) + "://" + host.strip(), servers);
        }
      }
    }
    return servers;
  }

  private static void add(String address, List<URI> servers) {
    try {
      URI server = new URI(address);
      if (server.getHost() != null) {
        servers.add(server);
      }
    } catch (URISyntaxException e) {
      // no address: whoever uses it says so
    }
  }

  /** The port that it names or that is usual for its scheme; -1 when there is none. */
  public static int port(URI server) {
    return server.getPort() >= 0
        ? server.getPort()
        : PORTS.getOrDefault(String.valueOf(server.getScheme()), -1);
  }
}
