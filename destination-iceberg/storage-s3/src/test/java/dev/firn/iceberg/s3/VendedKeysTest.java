package dev.firn.iceberg.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.testkit.Providers;
import dev.firn.iceberg.testkit.StrictTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final int LIFE_MILLIS = 1_500;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final StrictTokens tokens = new StrictTokens(1);
  @TempDir private Path project;
  private S3Server storage;
  private RestServer catalog;
  private ShortLivedKeys keys;

  @BeforeEach
  void start() throws Exception {
    storage = new S3Server();
    keys = new ShortLivedKeys(storage);
    Map<String, Object> behind =
        Map.of("warehouse", "s3://" + S3Server.BUCKET + "/vended", "storage", storage.storage());
    CatalogConfig config =
        new CatalogConfig("behind", new ObjectMapper().valueToTree(behind), project);
    catalog = RestServer.start(Providers.of("jdbc").open(config), Optional.of(tokens));
    catalog.vend(keys);
  }

  @AfterEach
  void stop() throws Exception {
    catalog.close();
    storage.close();
  }

  /** Keys of the storage, each taken back when its time is over. */
  private static final class ShortLivedKeys implements RestServer.Vending {
    private final S3Server storage;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    ShortLivedKeys(S3Server storage) {
      this.storage = storage;
    }

    /** The ids of all that were given out. */
    Set<String> ids() {
      return ends.keySet();
    }

    void takeBackEnded() {
      long now = System.currentTimeMillis();
      ends.forEach(
          (id, end) -> {
            if (end < now) {
              storage.keys().remove(id);
            }
          });
    }

    @Override
    public String prefix() {
      return "s3://" + S3Server.BUCKET + "/";
    }

    @Override
    public Map<String, String> newKeys() {
      String id = "VENDED" + ends.size();
      String secret = UUID.randomUUID().toString();
      long end = System.currentTimeMillis() + LIFE_MILLIS;
      ends.put(id, end);
      storage.keys().put(id, secret);
      return Map.of(
          "s3.access-key-id",
          id,
          "s3.secret-access-key",
          secret,
          "s3.session-token",
          "session-of-" + id,
          "s3.session-token-expires-at-ms",
          Long.toString(end));
    }

    @Override
    public Map<String, String> config() {
      return Map.of(
          "s3.endpoint", storage.endpoint(),
          "s3.path-style-access", "true",
          "s3.retry.num-retries", "0",
          "client.region", "us-east-1");
    }
  }

  private S3Shop dremio() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "dremio");
    settings.put("project", "first-project");
    settings.put("uri", catalog.uri());
    settings.put("token", StrictTokens.PAT);
    settings.put("token-endpoint", catalog.uri() + StrictTokens.PATH);
    return new S3Shop(project, settings);
  }

  @Test
  void loadsGoOnWithNewKeysAndTokensWhenTheOldOnesEnd() {
    S3Shop shop = dremio();
    long end = System.nanoTime() + PATIENCE_NANOS;
    int loads = 0;
    try (Destination destination = shop.open()) {
      while (storageSawEndedKeys() < 2 && System.nanoTime() < end) {
        shop.load(destination, loads++);
        keys.takeBackEnded();
      }
      assertThat(destination.metadata().history(S3Shop.ORDERS.name())).hasSize(loads);
      assertThat(destination.metadata().sample(S3Shop.ORDERS.name(), 1_000)).hasSize(loads);
    }

    assertThat(storageSawEndedKeys()).isGreaterThanOrEqualTo(2);
    assertThat(tokens.bearers()).hasSizeGreaterThan(1);
    assertThat(tokens.refused()).isEmpty();
  }

  /** How many keys were used that have been taken back since. */
  private long storageSawEndedKeys() {
    return storage.users().values().stream()
        .flatMap(Set::stream)
        .distinct()
        .filter(id -> !storage.keys().containsKey(id))
        .count();
  }

  @Test
  void filesOfDataAreWrittenWithVendedKeysOnly() {
    S3Shop shop = dremio();
    try (Destination destination = shop.open()) {
      shop.load(destination, 1);
    }

    List<String> files =
        storage.objects().stream().filter(name -> name.endsWith(".parquet")).toList();
    assertThat(files).hasSize(1);
    assertThat(storage.users().get(files.get(0))).isNotEmpty().isSubsetOf(keys.ids());
    assertThat(tokens.requests())
        .allSatisfy(form -> assertThat(form).containsEntry("subject_token", StrictTokens.PAT));
    assertThat(catalog.headers())
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
      storage.keys().keySet().removeIf(id -> !id.equals(S3Server.KEY));
      catalog.vend(new Revoked(keys));

      refusal = S3Shop.refusal(() -> shop.load(destination, 2));
    }

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("the storage does not accept the keys");
    assertThat(refusal.hint()).contains("those that the catalog gives out");
    for (String id : keys.ids()) {
      assertThat(refusal).hasMessageNotContaining(id);
    }
  }

  /** Gives out keys that open nothing. */
  private record Revoked(ShortLivedKeys keys) implements RestServer.Vending {
    @Override
    public String prefix() {
      return keys.prefix();
    }

    @Override
    public Map<String, String> newKeys() {
      Map<String, String> given = keys.newKeys();
      keys.storage.keys().remove(given.get("s3.access-key-id"));
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
