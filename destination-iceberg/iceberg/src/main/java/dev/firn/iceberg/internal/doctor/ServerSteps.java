package dev.firn.iceberg.internal.doctor;

import dev.firn.destination.Examination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a catalog's servers are known by name, answer, and are whom they say they are. */
final class ServerSteps {
  static final int TIMEOUT_MILLIS = 10_000;

  private static final String NAME = "name resolution";
  private static final String CONNECTION = "connection";
  private static final String TLS = "TLS";

  private final CatalogConfig config;
  private final Examination examination;

  ServerSteps(CatalogConfig config, Examination examination) {
    this.config = config;
    this.examination = examination;
  }

  /**
   * Asks servers.
   *
   * @param one whether one that answers is enough
   */
  void run(List<URI> servers, boolean one) {
    if (servers.isEmpty()) {
      List.of(NAME, CONNECTION, TLS).forEach(step -> examination.skip(step, "no server is named"));
      return;
    }
    Map<String, URI> distinct = new LinkedHashMap<>();
    servers.forEach(server -> distinct.putIfAbsent(place(server), server));
    if (one) {
      runFirst(List.copyOf(distinct.values()));
    } else {
      distinct.values().forEach(server -> run(server, ""));
    }
  }

  /** The first that answers, as clients look for it; when none does, the first of all. */
  private void runFirst(List<URI> servers) {
    List<String> silent = new ArrayList<>();
    for (URI server : servers) {
      if (servers.size() == 1 || answers(server)) {
        run(server, silent.isEmpty() ? "" : "; nothing answers at " + String.join(", ", silent));
        return;
      }
      silent.add(place(server));
    }
    run(servers.get(0), "");
  }

  private boolean answers(URI server) {
    try {
      connect(server.getHost(), ServerAddress.port(server));
      return true;
    } catch (FirnException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String place(URI server) {
    return server.getHost() + ":" + ServerAddress.port(server);
  }

  private void run(URI server, String others) {
    String host = server.getHost();
    int port = ServerAddress.port(server);
    examination.step(NAME, "a question for " + host, () -> resolve(host));
    if (port < 0) {
      examination.skip(CONNECTION, "the address of " + host + " names no port");
      examination.skip(TLS, "the address of " + host + " names no port");
      return;
    }
    String place = place(server);
    examination.step(
        CONNECTION, "a TCP connection to " + place, () -> connect(host, port) + others);
    if ("https".equals(server.getScheme())) {
      examination.step(
          TLS, "a TLS handshake to " + place, () -> new TlsHandshake(config, host, port).run());
    } else {
      examination.skip(TLS, place + " is used without it");
    }
  }

  private String resolve(String host) {
    try {
      String addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .distinct()
              .collect(Collectors.joining(", "));
      return addresses.equals(host) ? host : host + " is " + addresses;
    } catch (UnknownHostException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "The host %s is not known.".formatted(host),
          "Correct the address in catalogs.%s, or look at this machine's name servers (DNS), VPN and /etc/hosts."
              .formatted(config.name()),
          e);
    }
  }

  private String connect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      return "%s:%d answers".formatted(host, port);
    } catch (IOException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "Nothing answers at %s:%d: %s.".formatted(host, port, e.getMessage()),
          "Start the server, correct the port in catalogs.%s, or open the way to it (firewall, VPN)."
              .formatted(config.name()),
          e);
    }
  }
}
