package dev.firn.iceberg.internal.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's first answer says about the settings, and what about the server. */
class ServerAnswersTest {
  private static final String PROTOCOL =
      "{\"error\":{\"message\":\"m\",\"type\":\"T\",\"code\":%d}}";

  @ParameterizedTest
  @CsvSource({
    "rest, 503, true, DESTINATION_UNAVAILABLE",
    "rest, 502, false, DESTINATION_UNAVAILABLE",
    "rest, 500, true, DESTINATION_UNAVAILABLE",
    "rest, 429, false, DESTINATION_UNAVAILABLE",
    "rest, 401, true, INVALID_CONFIG",
    "rest, 404, false, INVALID_CONFIG",
    "rest, 400, true, INVALID_CONFIG",
    "nessie, 503, false, DESTINATION_UNAVAILABLE",
    "nessie, 401, false, INVALID_CONFIG",
    "nessie, 404, false, INVALID_CONFIG"
  })
  void aServerThatIsDownIsNoMistakeInTheSettings(
      String type, int status, boolean inProtocol, ErrorCode expected) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = (inProtocol ? PROTOCOL.formatted(status) : "<html>no</html>").getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2";
      ObjectNode settings =
          JsonNodeFactory.instance
              .objectNode()
              .put("type", type)
              .put("uri", uri)
              .put("warehouse", "file:///nowhere");
      if (type.equals("rest")) {
        settings.putObject("properties").put("rest.client.max-retries", "1");
      }
      CatalogConfig config = new CatalogConfig("lake", settings, Path.of("/project"));

      FirnException failure =
          catchThrowableOfType(FirnException.class, () -> OpenCatalog.of(config).close());

      assertThat(failure.code()).as("%s", failure).isEqualTo(expected);
      assertThat(failure).hasMessageContaining("Cannot open catalog 'lake'");
    } finally {
      server.stop(0);
    }
  }
}
