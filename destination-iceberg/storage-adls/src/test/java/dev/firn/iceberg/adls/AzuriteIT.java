package dev.firn.iceberg.adls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.testkit.TestLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables in Microsoft's own emulator, which speaks the blob part of the protocol. It is too large
 * (365 MB) to be fetched for a test: {@code npm install azurite} somewhere, and name that folder by
 * {@code -Dazurite.home}.
 */
@SuppressWarnings("NullAway.Init") // set before the tests
class AzuriteIT {
  // The emulator's own account: learn.microsoft.com/azure/storage/common/storage-use-azurite
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  private static final String WAREHOUSE = "abfs://warehouse@" + ACCOUNT + ".localhost/tables";

  private static Process emulator;
  private static String endpoint;

  @TempDir private Path project;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    Path command =
        Path.of(System.getProperty("azurite.home", "."), "node_modules", ".bin", "azurite-blob");
    assumeTrue(Files.exists(command), "no azurite in -Dazurite.home");
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    endpoint = "http://127.0.0.1:%d/%s".formatted(port, ACCOUNT);
    emulator =
        new ProcessBuilder(
                command.toString(),
                "--blobPort",
                Integer.toString(port),
                "--location",
                data.toString(),
                "--skipApiVersionCheck")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    awaitWord("successfully listens");
    new DataLakeServiceClientBuilder()
        .endpoint(endpoint)
        .credential(new com.azure.storage.common.StorageSharedKeyCredential(ACCOUNT, KEY))
        .buildClient()
        .createFileSystem("warehouse");
  }

  private static void awaitWord(String word) throws IOException {
    var lines = emulator.inputReader(StandardCharsets.UTF_8);
    String line = "";
    while (line != null && !line.contains(word)) {
      line = lines.readLine();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (emulator != null) {
      emulator.destroyForcibly().waitFor();
    }
  }

  private AdlsShop shop(String key, String warehouse) {
    Map<String, Object> storage = new TreeMap<>();
    storage.put("type", "adls");
    storage.put("account", ACCOUNT + ".localhost");
    storage.put("account-key", key);
    storage.put("endpoint", endpoint);
    return new AdlsShop(project, warehouse, storage);
  }

  @Test
  void rowsAreWrittenAndReadAndFilesOfAGivenUpLoadDeleted() {
    AdlsShop shop = shop(KEY, WAREHOUSE);
    try (Destination destination = shop.open()) {
      shop.load(destination, 1);
      shop.load(destination, 2);
      TestLoad givenUp = AdlsShop.row(3);
      destination.discard(shop.stage(destination, givenUp), givenUp.folder(project));

      assertThat(destination.metadata().sample(AdlsShop.ORDERS.name(), 10))
          .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
    }
  }

  // Where Azure says AuthenticationFailed, its emulator says AuthorizationFailure.
  @Test
  void wrongKeyIsToldWithoutTheSecret() {
    FirnException refusal = shop("bm90LXRoZS1rZXk=", WAREHOUSE).refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal)
        .hasMessageContaining("the storage denies access (AuthorizationFailure)")
        .hasMessageNotContaining("bm90LXRoZS1rZXk=");
  }

  @Test
  void missingContainerIsAMistake() {
    FirnException refusal = shop(KEY, WAREHOUSE.replace("warehouse@", "nowhere@")).refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("the storage has no such container");
  }
}
