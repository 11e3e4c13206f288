package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.Diagnosis;
import dev.firn.destination.Diagnosis.Status;
import dev.firn.destination.Diagnosis.Step;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.rest.RestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an examination finds out about catalogs that are well, and about others. */
@SuppressWarnings("NullAway.Init") // set before each test
class DoctorTest {
  private static final List<String> WRITES =
      List.of("scratch namespace", "storage", "scratch table", "commit", "clean-up");

  @TempDir private Path project;
  private Catalog behind;
  private Optional<RestServer> server = Optional.empty();

  @AfterEach
  void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
  }

  private String serve(Filter filter) {
    behind =
        Providers.of("jdbc")
            .open(new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), project));
    RestServer started = RestServer.start(behind, Optional.of(filter));
    server = Optional.of(started);
    return started.uri();
  }

  private Diagnosis examine(Map<String, Object> settings) {
    DestinationConfig config =
        new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project);
    return new IcebergDestinationProvider().diagnose(config, new Redactor());
  }

  private static Step step(Diagnosis diagnosis, String name) {
    return diagnosis.steps().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FirnException failureOf(Diagnosis diagnosis, String step) {
    assertThat(diagnosis.steps())
        .filteredOn(each -> each.status() == Status.FAILED)
        .extracting(Step::name)
        .containsExactly(step);
    return diagnosis.failure().orElseThrow();
  }

  private static void assertWritesDone(Diagnosis diagnosis) {
    assertThat(diagnosis.failure()).isEmpty();
    assertThat(diagnosis.steps())
        .filteredOn(each -> WRITES.contains(each.name()))
        .hasSize(WRITES.size())
        .allSatisfy(each -> assertThat(each.status()).isEqualTo(Status.OK));
  }

  private List<Path> leftIn(String warehouse) throws IOException {
    try (var files = Files.walk(project.resolve(warehouse))) {
      return files.skip(1).toList();
    }
  }

  private void assertNothingIsLeft() {
    assertThat(((SupportsNamespaces) behind).listNamespaces()).isEmpty();
  }

  @Test
  void catalogOnThisMachineIsWellAndHoldsNothingAfterwards() throws Exception {
    Diagnosis diagnosis = examine(Map.of("type", "jdbc", "warehouse", "wh"));

    assertWritesDone(diagnosis);
    assertThat(step(diagnosis, "connection").told()).isEqualTo("no server is named");
    assertThat(diagnosis.capabilities()).containsEntry("format version 3", "yes");
    assertThat(leftIn("wh")).isEmpty();
  }

  @Test
  void catalogBehindHttpIsTriedForWhatItsServerCan() {
    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", serve(new Refusing(any -> false))));

    assertWritesDone(diagnosis);
    assertThat(step(diagnosis, "connection").told()).endsWith(" answers");
    assertThat(step(diagnosis, "token").told()).isEqualTo("no authentication is set");
    assertThat(step(diagnosis, "/v1/config").status()).isEqualTo(Status.OK);
    assertThat(diagnosis.capabilities())
        .containsEntry("format version 3", "yes, tried")
        .containsKeys("several tables in one commit", "branches", "locks", "nested namespaces");
    assertNothingIsLeft();
  }

  @Test
  void tokenIsExchangedBeforeTheCatalogIsAsked() {
    StrictTokens tokens = new StrictTokens(60);
    String uri = serve(tokens);
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "dremio");
    settings.put("project", "first-project");
    settings.put("uri", uri);
    settings.put("token", StrictTokens.PAT);
    settings.put("token-endpoint", uri + StrictTokens.PATH);

    Diagnosis diagnosis = examine(settings);

    assertWritesDone(diagnosis);
    assertThat(step(diagnosis, "token").told()).isEqualTo("a bearer was issued");
    assertThat(step(diagnosis, "token").sent())
        .startsWith("POST " + uri + StrictTokens.PATH)
        .contains("token-exchange", "client_id dremio", "scope dremio.all");
    assertThat(diagnosis.toString()).doesNotContain(StrictTokens.PAT);
  }

  @Test
  void wrongSecretFailsAtTheTokenAndIsNotTold() {
    String uri = serve(new StrictTokens(60));

    Diagnosis diagnosis =
        examine(
            Map.of(
                "type", "polaris",
                "uri", uri,
                "warehouse", "demo",
                "credential", "reader:wrong-secret",
                "token-endpoint", uri + StrictTokens.PATH));

    FirnException failure = failureOf(diagnosis, "token");
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(failure).hasMessageContaining("does not accept the credentials");
    assertThat(step(diagnosis, "token").sent())
        .isEqualTo(
            "POST %s with grant_type client_credentials, client_id reader, client_secret ***, scope PRINCIPAL_ROLE:ALL"
                .formatted(uri + StrictTokens.PATH));
    assertThat(step(diagnosis, "/v1/config").told()).isEqualTo("token failed");
    assertThat(diagnosis.toString()).doesNotContain("wrong-secret");
  }

  @Test
  void wrongBearerFailsAtTheConfiguration() {
    String uri = serve(new StrictTokens(60));

    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri, "token", "nobodys-token"));

    assertThat(failureOf(diagnosis, "/v1/config").code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(step(diagnosis, "token").told()).isEqualTo("the token is used as it is");
    assertThat(diagnosis.toString()).doesNotContain("nobodys-token");
  }

  @Test
  void warehouseThatTheServerDoesNotKnowIsAMistakeInTheConfiguration() {
    String uri =
        serve(
            new Refusing(
                exchange ->
                    exchange.getRequestURI().getPath().endsWith("/v1/config")
                        && !String.valueOf(exchange.getRequestURI().getQuery()).contains("=demo")));

    Diagnosis wrong = examine(Map.of("type", "rest", "uri", uri, "warehouse", "dema"));
    Diagnosis missing = examine(Map.of("type", "rest", "uri", uri));

    FirnException failure = failureOf(wrong, "/v1/config");
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(failure.hint()).contains("warehouse");
    assertThat(step(wrong, "/v1/config").sent())
        .isEqualTo("GET " + uri + "/v1/config?warehouse=dema");
    assertThat(failureOf(missing, "/v1/config").code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertWritesDone(examine(Map.of("type", "rest", "uri", uri, "warehouse", "demo")));
  }

  @Test
  void warehouseThatCannotBeWrittenFailsAtTheStorage() throws Exception {
    Files.createFile(project.resolve("wh"));

    Diagnosis diagnosis = examine(Map.of("type", "jdbc", "warehouse", "wh"));

    FirnException failure = failureOf(diagnosis, "storage");
    assertThat(failure.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(failure).hasMessageContaining(project.resolve("wh").toString());
    assertThat(failure.hint()).contains("Make that place writable");
    assertThat(step(diagnosis, "commit").told()).isEqualTo("storage failed");
    assertThat(step(diagnosis, "clean-up").status()).isEqualTo(Status.OK);
    behind =
        Providers.of("jdbc")
            .open(new CatalogConfig("lake", JsonNodeFactory.instance.objectNode(), project));
    assertNothingIsLeft();
  }

  @Test
  void whatWasMadeIsTakenAwayWhenTheCommitIsRefused() {
    String uri =
        serve(
            new Refusing(
                exchange ->
                    exchange.getRequestMethod().equals("POST")
                        && exchange.getRequestURI().getPath().endsWith("/tables/scratch")));

    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri));

    FirnException failure = failureOf(diagnosis, "commit");
    assertThat(failure.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(failure.hint()).isEqualTo("Grant the right to write to tables.");
    assertThat(step(diagnosis, "clean-up").status()).isEqualTo(Status.OK);
    assertNothingIsLeft();
  }

  @Test
  void whatCannotBeTakenAwayIsNamed() {
    String uri = serve(new Refusing(exchange -> exchange.getRequestMethod().equals("DELETE")));

    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri));

    FirnException failure = failureOf(diagnosis, "clean-up");
    assertThat(failure).hasMessageContaining("Cannot take away all of firn_doctor_");
    assertThat(failure.hint()).isEqualTo("Drop what is left of it by hand.");
  }

  @Test
  void closedPortAndUnknownHostAreTold() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    Diagnosis closed = examine(Map.of("type", "rest", "uri", "http://127.0.0.1:" + port));
    Diagnosis unknown = examine(Map.of("type", "rest", "uri", "http://no.such.host.invalid"));

    FirnException nobody = failureOf(closed, "connection");
    assertThat(nobody.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(nobody).hasMessageContaining("Nothing answers at 127.0.0.1:" + port);
    FirnException nowhere = failureOf(unknown, "name resolution");
    assertThat(nowhere.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(nowhere).hasMessage("The host no.such.host.invalid is not known.");
  }

  @Test
  void serverThatDoesNotAnswerIsToldOfWhereAnotherOneStandsInForIt() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String uri = "none://127.0.0.1:%d,127.0.0.1:%d/lake".formatted(port, open.getLocalPort());

      Diagnosis diagnosis = examine(Map.of("class", InMemoryCatalog.class.getName(), "uri", uri));

      assertThat(diagnosis.failure()).isEmpty();
      assertThat(step(diagnosis, "connection").told())
          .isEqualTo(
              "127.0.0.1:%d answers; nothing answers at 127.0.0.1:%d"
                  .formatted(open.getLocalPort(), port));
    }
  }

  @Test
  void tableIsTakenAwayWhereItMayOnlyBeDroppedWithoutPurge() throws Exception {
    String uri =
        serve(
            new Refusing(
                exchange ->
                    String.valueOf(exchange.getRequestURI().getQuery())
                        .contains("purgeRequested=true")));

    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri));

    assertWritesDone(diagnosis);
    assertNothingIsLeft();
    try (var files = Files.walk(project)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".parquet"));
    }
  }

  @Test
  void settingThatDoesNotExistFailsBeforeAnythingIsSent() {
    Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", "http://x", "wharehouse", "y"));

    FirnException failure = failureOf(diagnosis, "configuration");
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(failure.hint()).contains("warehouse");
    assertThat(diagnosis.steps().stream().skip(1))
        .allSatisfy(each -> assertThat(each.status()).isEqualTo(Status.SKIPPED));
  }

  @Test
  void certificateThatNobodyVouchesForIsShown() throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    https.start();
    try {
      String uri = "https://localhost:" + https.getAddress().getPort();

      Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri));

      FirnException failure = failureOf(diagnosis, "TLS");
      assertThat(failure.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining(
              "its certificate is not trusted here: CN=localhost, issued by itself");
      assertThat(failure.hint()).contains("javax.net.ssl.trustStore");
    } finally {
      https.stop(0);
    }
  }

  @Test
  void serverThatSpeaksNoTlsIsTold() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answerInPlainText(plain));
      answers.start();
      String uri = "https://localhost:" + plain.getLocalPort();

      Diagnosis diagnosis = examine(Map.of("type", "rest", "uri", uri));

      assertThat(failureOf(diagnosis, "TLS").hint()).contains("http://");
      answers.join();
    }
  }

  // The first connection asks nothing.
  private static void answerInPlainText(ServerSocket plain) {
    try {
      plain.accept().close();
      try (Socket asked = plain.accept()) {
        asked.getOutputStream().write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = project.resolve("keys.p12");
    String password = "changeit";
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC"));
    words.addAll(List.of("-dname", "CN=localhost", "-keystore", store.toString()));
    words.addAll(List.of("-storetype", "PKCS12", "-storepass", password));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
