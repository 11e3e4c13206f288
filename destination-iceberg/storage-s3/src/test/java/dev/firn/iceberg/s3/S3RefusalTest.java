package dev.firn.iceberg.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to settings that a storage does not take. */
@SuppressWarnings("NullAway.Init") // set before the tests
class S3RefusalTest {
  private static S3Server server;

  @TempDir private Path project;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private FirnException refusal(String key, String value) {
    Map<String, Object> storage = server.storage();
    storage.put(key, value);
    return S3Shop.in(project, storage).refusal();
  }

  private static void assertMistake(FirnException refusal, String message, String hint) {
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }

  @Test
  void unknownKeyIsAMistakeThatTellsNoSecret() {
    FirnException refusal = refusal("access-key", "ANOTHERKEY");

    assertMistake(
        refusal, "the storage does not accept the keys (InvalidAccessKeyId)", "storage.access-key");
    assertThat(refusal).hasMessageStartingWith("Cannot ").hasMessageNotContaining(S3Server.SECRET);
  }

  @Test
  void wrongSecretIsAMistakeThatTellsNoSecret() {
    FirnException refusal = refusal("secret-key", "not-the-secret");

    assertMistake(
        refusal, "the storage does not accept the keys (SignatureDoesNotMatch)", "secret-key");
    for (Throwable each = refusal; each != null; each = each.getCause()) {
      assertThat(each).hasMessageNotContaining("not-the-secret");
    }
  }

  @Test
  void missingBucketIsAMistake() {
    S3Shop shop = S3Shop.in(project, server.storage());
    shop.settings().put("warehouse", "s3://no-such-bucket/warehouse");

    assertMistake(shop.refusal(), "the storage has no such bucket", "warehouse of the catalog");
  }

  @Test
  void closedEndpointMakesTheDestinationUnavailable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    FirnException refusal = refusal("endpoint", "http://127.0.0.1:" + port);

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("no storage answers").hasMessageContaining("" + port);
    assertThat(refusal.hint()).contains("storage.endpoint");
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsSent() {
    assertMistake(refusal("acces-key", "x"), "has no key 'storage.acces-key'", "'access-key'");
    assertMistake(refusal("endpoint", "localhost:9000"), "is no http address", "https://host");
    assertMistake(refusal("path-style", "yes"), "neither true nor false", "path-style");
    Map<String, Object> half = server.storage();
    half.remove("secret-key");
    assertMistake(
        S3Shop.in(project, half).refusal(),
        "has no 'storage.secret-key'",
        "catalogs.lake.storage.secret-key");
    half.remove("type");
    assertMistake(S3Shop.in(project, half).refusal(), "has no 'storage.type'", "storage.type");
  }

  @Test
  void storageThatIsNotInstalledIsNamedWithThoseThatAre() {
    FirnException refusal = refusal("type", "gcs");
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
    assertThat(refusal).hasMessageContaining("No storage type 'gcs'. Installed: s3.");
    assertThat(refusal.hint()).contains("firn-storage-gcs to plugins/");

    S3Shop shop = S3Shop.in(project, server.storage());
    shop.settings().put("warehouse", "gs://bucket/warehouse");
    assertThat(shop.refusal())
        .hasMessageContaining("Nothing installed reads and writes 'gs:'")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.UNKNOWN_TYPE);
  }
}
