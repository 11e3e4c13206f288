package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  private void write(String catalogs) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: shop
        sources: { drops: { type: files, resources: { orders: { path: orders.csv } } } }
        destination: { catalog: lake }
        catalogs:
        """
            + catalogs.indent(2));
  }

  @Test
  void catalogThatIsWellIsShownStepByStepWithWhatItCanDo() {
    CommandLineRun doctor = CommandLineRun.in(folder, "doctor");

    assertThat(doctor.exitCode()).as(doctor.err()).isZero();
    assertThat(doctor.out())
        .startsWith("catalog local\n")
        .containsPattern("  ok +configuration +\\d+\\.\\d\\d s  jdbc:sqlite:")
        .containsPattern("  skipped +connection +no server is named")
        .containsPattern("  ok +storage +\\d+\\.\\d\\d s  one byte to ")
        .containsPattern("  ok +commit +\\d+\\.\\d\\d s  1 row is there")
        .containsPattern("  ok +clean-up ")
        .containsPattern("several tables in one commit +no\n")
        .containsPattern("format version 3 +yes\n");
    assertThat(CommandLineRun.in(folder, "table", "list").out()).isEqualTo("No tables yet.\n");
  }

  @Test
  void namedCatalogIsExaminedInPlaceOfThePipelinesOwn() throws Exception {
    write(
        """
        lake: { type: rest, uri: "http://no.such.host.invalid", token: a-secret-token }
        local: { type: jdbc }
        """);

    CommandLineRun local = CommandLineRun.in(folder, "doctor", "--catalog", "local");
    CommandLineRun lake = CommandLineRun.in(folder, "doctor");
    CommandLineRun unknown = CommandLineRun.in(folder, "doctor", "--catalog", "lakes");

    assertThat(local.exitCode()).as(local.err()).isZero();
    assertThat(lake.exitCode()).isEqualTo(5);
    assertThat(lake.line("error")).endsWith("The host no.such.host.invalid is not known.");
    assertThat(lake.line("hint")).contains("catalogs.lake");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.line("hint")).contains("lake");
  }

  @Test
  void failureIsOneJsonDocumentWithoutSecrets() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    write(
        "lake: { type: polaris, uri: \"http://127.0.0.1:%d\", warehouse: w, credential: \"me:a-secret\" }"
            .formatted(port));

    CommandLineRun doctor = CommandLineRun.in(folder, "doctor", "--output", "json");

    assertThat(doctor.exitCode()).isEqualTo(5);
    JsonNode document = doctor.document();
    assertThat(document.path("catalog").asText()).isEqualTo("lake");
    assertThat(document.path("healthy").asBoolean(true)).isFalse();
    assertThat(document.path("exitCode").asInt()).isEqualTo(5);
    assertThat(document.path("error").path("type").asText()).isEqualTo("DESTINATION_UNAVAILABLE");
    JsonNode failed = document.path("steps").path(2);
    assertThat(failed.path("name").asText()).isEqualTo("connection");
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("sent").asText()).isEqualTo("a TCP connection to 127.0.0.1:" + port);
    assertThat(failed.path("error").path("hint").asText()).contains("catalogs.lake");
    assertThat(document.path("steps").path(4).path("told").asText()).isEqualTo("connection failed");
    assertThat(document.path("capabilities").size()).isPositive();
    assertThat(doctor.out() + doctor.err()).doesNotContain("a-secret");
  }

  /** What doctor says of a catalog: the step that failed, what was sent, and what to change. */
  private void assertFails(String catalog, String step, int exitCode, String sent, String hint)
      throws IOException {
    write(catalog);

    CommandLineRun doctor = CommandLineRun.in(folder, "doctor");

    assertThat(doctor.exitCode()).as(doctor.out()).isEqualTo(exitCode);
    assertThat(doctor.out())
        .containsPattern("  failed +" + Pattern.quote(step) + " ")
        .contains("what it can do");
    assertThat(doctor.out().replaceAll("\\s+", " ")).contains(sent);
    assertThat(doctor.line("hint")).contains(hint);
    assertThat(doctor.out() + doctor.err()).doesNotContain("a-secret");
  }

  @Test
  void eachStepThatFailsIsNamedWithWhatWasSentAndWhatToChange() throws Exception {
    int closed;
    try (ServerSocket none = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = none.getLocalPort();
    }
    Files.createFile(folder.resolve("wh"));

    assertFails(
        "lake: { type: rest, uri: 'http://no.such.host.invalid' }",
        "name resolution",
        5,
        "sent: a question for no.such.host.invalid",
        "catalogs.lake");
    assertFails(
        "lake: { type: rest, uri: 'http://127.0.0.1:%d' }".formatted(closed),
        "connection",
        5,
        "sent: a TCP connection to 127.0.0.1:" + closed,
        "correct the port in catalogs.lake");
    assertFails(
        "lake: { type: jdbc, warehouse: wh }", "storage", 5, "sent: ", "Make that place writable");
  }

  @Test
  void serverThatRefusesTlsTokenOrWarehouseIsToldApart() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", DoctorCommandTest::refuse);
    server.start();
    String place = "localhost:" + server.getAddress().getPort();
    try {
      assertFails(
          "lake: { type: rest, uri: 'https://%s' }".formatted(place),
          "TLS",
          5,
          "sent: a TLS handshake to " + place,
          "http://");
      assertFails(
          "lake: { type: rest, uri: 'http://%s/none', token: a-secret }".formatted(place),
          "/v1/config",
          2,
          "sent: GET http://%s/none/v1/config".formatted(place),
          "token");
      assertFails(
          "lake: { type: polaris, uri: 'http://%s/none', warehouse: w, credential: 'me:a-secret' }"
              .formatted(place),
          "token",
          2,
          "client_id me, client_secret ***",
          "credential");
      assertFails(
          "lake: { type: rest, uri: 'http://%s/some', warehouse: dema }".formatted(place),
          "/v1/config",
          2,
          "sent: GET http://%s/some/v1/config?warehouse=dema".formatted(place),
          "warehouse");
    } finally {
      server.stop(0);
    }
  }

  // Below /some anybody may ask, and no warehouse is known; below /none nobody may.
  private static void refuse(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int code = path.startsWith("/some") ? 400 : 401;
    String error =
        path.endsWith("/tokens")
            ? "\"invalid_client\""
            : "{\"message\":\"not here\",\"type\":\"%s\",\"code\":%d}"
                .formatted(code == 400 ? "BadRequestException" : "NotAuthorizedException", code);
    byte[] answer = ("{\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
