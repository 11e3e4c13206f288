package dev.firn.iceberg.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.testkit.StrictTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.rest.RestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A catalog that wants tokens and gives out the only keys that open the storage. Both live for
 * seconds, and no configuration holds a key.
 */
@SuppressWarnings("NullAway.Init") // set before each test
class VendedKeysTest {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  @TempDir private Path project;
  private StrictLake lake;

  @BeforeEach
  void start() throws Exception {
    lake = StrictLake.start(project);
  }

  @AfterEach
  void stop() throws Exception {
    lake.close();
  }

  private S3Shop dremio() {
    return new S3Shop(project, lake.dremio(StrictTokens.PAT));
  }

  @Test
  void loadsGoOnWithNewKeysAndTokensWhenTheOldOnesEnd() {
    S3Shop shop = dremio();
    long end = System.nanoTime() + PATIENCE_NANOS;
    int loads = 0;
    try (Destination destination = shop.open()) {
      while (storageSawEndedKeys() < 2 && System.nanoTime() < end) {
        shop.load(destination, loads++);
        lake.keys().takeBackEnded();
      }
      assertThat(destination.metadata().history(S3Shop.ORDERS.name())).hasSize(loads);
      assertThat(destination.metadata().sample(S3Shop.ORDERS.name(), 1_000)).hasSize(loads);
    }

    assertThat(storageSawEndedKeys()).isGreaterThanOrEqualTo(2);
    assertThat(lake.tokens().bearers()).hasSizeGreaterThan(1);
    assertThat(lake.tokens().refused()).isEmpty();
  }

  /** How many keys were used that have been taken back since. */
  private long storageSawEndedKeys() {
    return lake.storage().users().values().stream()
        .flatMap(Set::stream)
        .distinct()
        .filter(id -> !lake.storage().keys().containsKey(id))
        .count();
  }

  @Test
  void filesOfDataAreWrittenWithVendedKeysOnly() {
    S3Shop shop = dremio();
    try (Destination destination = shop.open()) {
      shop.load(destination, 1);
    }

    List<String> files =
        lake.storage().objects().stream().filter(name -> name.endsWith(".parquet")).toList();
    assertThat(files).hasSize(1);
    assertThat(lake.storage().users().get(files.get(0))).isNotEmpty().isSubsetOf(lake.keys().ids());
    assertThat(lake.tokens().exchangesOfPat()).isEqualTo(1);
    assertThat(lake.catalog().headers())
        .allSatisfy(
            headers ->
                assertThat(headers.values())
                    .noneMatch(value -> value.contains(StrictTokens.PAT))
                    .noneMatch(value -> value.contains(S3Server.SECRET)));
  }

  @Test
  void keysThatOpenNothingAreSaidSoWithoutBeingTold() {
    S3Shop shop = dremio();
    FirnException refusal;
    try (Destination destination = shop.open()) {
      shop.load(destination, 1);
      lake.storage().keys().keySet().removeIf(id -> !id.equals(S3Server.KEY));
      lake.catalog().vend(new Revoked(lake.keys(), lake.storage()));

      refusal = S3Shop.refusal(() -> shop.load(destination, 2));
    }

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("the storage does not accept the keys");
    assertThat(refusal.hint()).contains("those that the catalog gives out");
    for (String id : lake.keys().ids()) {
      assertThat(refusal).hasMessageNotContaining(id);
    }
  }

  /** Gives out keys that open nothing. */
  private record Revoked(StrictLake.Keys keys, S3Server storage) implements RestServer.Vending {
    @Override
    public String prefix() {
      return keys.prefix();
    }

    @Override
    public Map<String, String> newKeys() {
      Map<String, String> given = keys.newKeys();
      storage.keys().remove(given.get("s3.access-key-id"));
      return given;
    }

    @Override
    public Map<String, String> config() {
      return keys.config();
    }
  }

  @Test
  void withoutVendingThereAreNoKeys() {
    System.setProperty("aws.disableEc2Metadata", "true");
    S3Shop shop = dremio();
    shop.settings().put("credential-vending", "false");

    FirnException refusal = shop.refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("there are no keys for the storage");
  }
}
