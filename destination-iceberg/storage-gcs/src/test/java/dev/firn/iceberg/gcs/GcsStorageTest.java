package dev.firn.iceberg.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.storage.StorageException;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.iceberg.StorageConfig;
import dev.firn.iceberg.testkit.TestLoad;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables in Cloud Storage through Iceberg's client, and what is said to settings it does not take.
 */
@SuppressWarnings("NullAway.Init") // set before the tests
class GcsStorageTest {
  private static final TableSchema ORDERS =
      TableSchema.of(
          TableName.parse("shop.orders"), List.of(Column.of("id", DataType.Simple.LONG)));

  private static GcsServer server;

  @TempDir private Path project;

  @BeforeAll
  static void start() throws Exception {
    server = new GcsServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Destination open(String warehouse, Map<String, Object> storage) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("warehouse", warehouse);
    settings.put("storage", storage);
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  private void load(Destination destination, long id) {
    TestLoad load = TestLoad.into(ORDERS, WriteDisposition.APPEND).rows(List.of(id));
    LoadPackage sealed = load.stage(destination, project);
    destination.commit(sealed, load.folder(project), LoadObserver.NONE);
  }

  private FirnException refusal(String warehouse, Map<String, Object> storage) {
    FirnException refusal =
        catchThrowableOfType(
            FirnException.class,
            () -> {
              try (Destination destination = open(warehouse, storage)) {
                load(destination, 1);
              }
            });
    assertThat(refusal).as("it was done").isNotNull();
    return refusal;
  }

  private FirnException refusal(String key, String value) {
    Map<String, Object> storage = server.storage();
    storage.put(key, value);
    return refusal("gs://" + GcsServer.BUCKET + "/lake", storage);
  }

  private static void assertMistake(FirnException refusal, String message, String hint) {
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.hint()).contains(hint);
  }

  @Test
  void rowsAreWrittenAndReadAndFilesOfAGivenUpLoadDeleted() {
    try (Destination destination = open("gs://" + GcsServer.BUCKET + "/lake", server.storage())) {
      load(destination, 1);
      load(destination, 2);
      TestLoad givenUp = TestLoad.into(ORDERS, WriteDisposition.APPEND).rows(List.of(3L));
      destination.discard(givenUp.stage(destination, project), givenUp.folder(project));

      assertThat(destination.metadata().sample(ORDERS.name(), 10))
          .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
    }

    assertThat(server.objects())
        .filteredOn(name -> name.endsWith(".parquet"))
        .hasSize(2)
        .allMatch(name -> name.startsWith("lake/shop/orders/data/"));
  }

  @Test
  void wrongTokenIsAMistakeThatTellsNoSecret() {
    FirnException refusal = refusal("token", "not-the-token");

    assertMistake(refusal, "the storage does not accept the credentials", "storage.token");
    assertThat(refusal).hasMessageNotContaining("not-the-token");
  }

  @Test
  void missingBucketIsAMistake() {
    assertMistake(
        refusal("gs://no-such-bucket/lake", server.storage()),
        "the storage has no such bucket",
        "warehouse of the catalog");
  }

  // Google's client tries for 50 seconds before it says so.
  @Test
  void silentStorageMakesTheDestinationUnavailable() {
    StorageException silence =
        new StorageException(0, "", new ConnectException("Connection refused"));

    FirnException failure =
        new GcsStorageProvider()
            .failure("Cannot write", new RuntimeException(silence))
            .orElseThrow();

    assertThat(failure.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(failure)
        .hasMessage("Cannot write: no storage answers (Connection refused).")
        .hasRootCauseInstanceOf(ConnectException.class);
  }

  @Test
  void failuresOfOthersAreNoneOfTheStorage() {
    assertThat(new GcsStorageProvider().failure("x", new IllegalStateException("y"))).isEmpty();
  }

  @Test
  void settingsAreCheckedBeforeAnythingIsSent() {
    assertMistake(refusal("tokn", "x"), "has no key 'storage.tokn'", "'token'");
    assertMistake(refusal("endpoint", "localhost:4443"), "is no http address", "https://host");
    assertMistake(refusal("anonymous", "yes"), "neither true nor false", "anonymous");
    assertMistake(refusal("impersonate", "a@b"), "more than one of token", "Keep one");
  }

  @Test
  void keysAreTheOnesOfIcebergsClient() {
    Map<String, Object> keys =
        Map.of("project", "p", "user-project", "u", "impersonate", "i", "endpoint", "https://host");

    Map<String, String> properties =
        new GcsStorageProvider()
            .properties(new StorageConfig("lake", new ObjectMapper().valueToTree(keys)));

    assertThat(properties)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "gcs.project-id", "p",
                "gcs.user-project", "u",
                "gcs.impersonate.service-account", "i",
                "gcs.service.host", "https://host"));
  }
}
