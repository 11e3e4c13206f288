package dev.firn.iceberg.adls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.StorageConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of Data Lake Storage, and what is said to those it does not take. */
class AdlsStorageTest {
  private static final String WAREHOUSE = "abfss://warehouse@lake.dfs.core.windows.net/tables";
  private static final String KEY = "YS1rZXktb2YtdGhlLXRlc3Q=";

  @TempDir private Path project;

  private static Map<String, String> properties(Map<String, Object> keys) {
    return new AdlsStorageProvider()
        .properties(new StorageConfig("lake", new ObjectMapper().valueToTree(keys)));
  }

  private FirnException refusal(Map<String, Object> keys) {
    Map<String, Object> storage = new TreeMap<>(keys);
    storage.put("type", "adls");
    return new AdlsShop(project, WAREHOUSE, storage).refusal();
  }

  private void assertMistake(Map<String, Object> keys, String message, String hint) {
    FirnException refusal = refusal(keys);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }

  @Test
  void keysAreTheOnesOfIcebergsClient() {
    assertThat(properties(Map.of("account", "lake", "account-key", "k")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "adls.auth.shared-key.account.name", "lake",
                "adls.auth.shared-key.account.key", "k"));
    assertThat(properties(Map.of("account", "lake", "sas-token", "?sv=1&sig=s")))
        .containsExactly(Map.entry("adls.sas-token.lake.dfs.core.windows.net", "sv=1&sig=s"));
    assertThat(properties(Map.of("token", "t"))).containsExactly(Map.entry("adls.token", "t"));
    assertThat(properties(Map.of("account", "lake.host", "endpoint", "http://127.0.0.1:1/lake")))
        .containsExactly(Map.entry("adls.connection-string.lake.host", "http://127.0.0.1:1/lake"));
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsSent() {
    assertMistake(Map.of("acount", "x"), "has no key 'storage.acount'", "'account'");
    assertMistake(Map.of("account-key", KEY), "has no 'storage.account'", "storage.account");
    assertMistake(
        Map.of("account", "lake", "account-key", KEY, "token", "t"),
        "more than one of account-key, sas-token and token",
        "Keep one");
    assertMistake(
        Map.of("account", "lake", "endpoint", "localhost:10000"),
        "is no http address",
        "http://host");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthenticationFailed, INVALID_CONFIG, does not accept the keys (AuthenticationFailed)",
    "404, ContainerNotFound, INVALID_CONFIG, has no such container",
    "403, AuthorizationFailure, DESTINATION_UNAVAILABLE, denies access (AuthorizationFailure)",
    "409, AccountBeingCreated, DESTINATION_UNAVAILABLE, answers 409 AccountBeingCreated",
  })
  void answersOfTheStorageAreToldWithoutSecrets(
      int status, String code, ErrorCode expected, String message) throws Exception {
    HttpServer server = refusing(status, code);
    try {
      String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();

      FirnException refusal =
          refusal(Map.of("account", "lake", "account-key", KEY, "endpoint", endpoint));

      assertThat(refusal.code()).isEqualTo(expected);
      assertThat(refusal)
          .hasMessageContaining("the storage " + message)
          .hasMessageNotContaining(KEY);
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer refusing(int status, String code) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("x-ms-error-code", code);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  // Azure's client tries for two minutes before it says so.
  @Test
  void silentStorageMakesTheDestinationUnavailable() {
    RuntimeException silence = new RuntimeException(new ConnectException());
    silence.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.azure.core.http.HttpPipeline", "send", "HttpPipeline.java", 1)
        });

    FirnException failure =
        new AdlsStorageProvider().failure("Cannot write", silence).orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(failure).hasMessage("Cannot write: no storage answers (connection refused).");
    assertThat(failure.hint()).contains("storage.endpoint");
  }

  @Test
  void failuresOfOthersAreNoneOfTheStorage() {
    assertThat(
            new AdlsStorageProvider().failure("x", new RuntimeException(new ConnectException("y"))))
        .isEmpty();
  }
}
