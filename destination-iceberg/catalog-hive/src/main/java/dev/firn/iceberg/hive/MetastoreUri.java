package dev.firn.iceberg.hive;

import com.facebook.fb303.FacebookService;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;

/**
 * Where a metastore is.
 *
 * @param text addresses {@code thrift://host:port}, separated by commas: the first that answers
 * @param addresses the same, apart
 */
record MetastoreUri(String text, List<URI> addresses) {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final long LONGEST_ANSWER_BYTES = 1 << 16;

  MetastoreUri {
    addresses = List.copyOf(addresses);
  }

  /**
   * The {@code uri} of a catalog.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is missing or none
   */
  static MetastoreUri of(CatalogConfig config) {
    String text = config.required("uri");
    List<URI> addresses = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      addresses.add(address(each.strip(), config.name()));
    }
    return new MetastoreUri(text, addresses);
  }

  private static URI address(String text, String catalog) {
    try {
      URI address = new URI(text);
      if ("thrift".equals(address.getScheme())
          && address.getHost() != null
          && address.getPort() > 0) {
        return address;
      }
    } catch (URISyntaxException e) {
      // told below like any other that is none
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': uri '%s' is no address of a metastore.".formatted(catalog, text),
        "Set catalogs.%s.uri to an address such as thrift://host:9083.".formatted(catalog));
  }

  /**
   * Asks for a sign of life. Hive's client retries for long, and takes the first bytes of any
   * server's answer for the length of a text.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} when none of the addresses answers,
   *     {@code INVALID_CONFIG} when one answers that is no metastore
   */
  void requireMetastore(String catalog) {
    FirnException refusal = null;
    for (URI address : addresses) {
      try {
        ask(address, catalog);
        return;
      } catch (FirnException e) {
        refusal = e;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  private static void ask(URI address, String catalog) {
    String what = "Cannot open catalog '" + catalog + "': ";
    try (TSocket socket = new TSocket(address.getHost(), address.getPort(), TIMEOUT_MILLIS)) {
      socket.open();
      new FacebookService.Client(
              new TBinaryProtocol(socket, LONGEST_ANSWER_BYTES, LONGEST_ANSWER_BYTES, true, true))
          .getStatus();
    } catch (TTransportException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          what + why(address, e) + ".",
          "Check catalogs.%s.uri, and that the metastore runs.".formatted(catalog),
          e);
    } catch (TException e) {
      // such as the first letters of HTTP where a version should be
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + "what answers at " + address + " is no Hive metastore.",
          "Set catalogs.%s.uri to the metastore's thrift address, usually port 9083."
              .formatted(catalog),
          e);
    }
  }

  private static String why(URI address, TTransportException failure) {
    if (failure.getCause() instanceof UnknownHostException) {
      return "the host of " + address + " is not known";
    } else if (failure.getCause() instanceof SocketTimeoutException) {
      return "what listens at %s gives no answer within %d s"
          .formatted(address, TIMEOUT_MILLIS / 1_000);
    }
    return "no metastore answers at " + address;
  }
}
