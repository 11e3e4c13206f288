package dev.firn.iceberg.s3;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.testkit.Providers;
import dev.firn.iceberg.testkit.StrictTokens;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.rest.RestServer;

/**
 * A catalog that wants tokens and gives out the only keys that open the storage. Both live for
 * seconds, and no configuration holds a key.
 */
record StrictLake(StrictTokens tokens, S3Server storage, Keys keys, RestServer catalog)
    implements AutoCloseable {
  private static final int LIFE_MILLIS = 1_500;

  static StrictLake start(Path project) throws Exception {
    StrictTokens tokens = new StrictTokens(1);
    S3Server storage = new S3Server();
    Map<String, Object> behind =
        Map.of("warehouse", "s3://" + S3Server.BUCKET + "/vended", "storage", storage.storage());
    CatalogConfig config =
        new CatalogConfig("behind", new ObjectMapper().valueToTree(behind), project);
    RestServer catalog = RestServer.start(Providers.of("jdbc").open(config), Optional.of(tokens));
    Keys keys = new Keys(storage);
    catalog.vend(keys);
    return new StrictLake(tokens, storage, keys, catalog);
  }

  /** The settings of a catalog of type {@code dremio} with a personal access token. */
  Map<String, Object> dremio(String token) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", "dremio");
    settings.put("project", "first-project");
    settings.put("uri", catalog.uri());
    settings.put("token", token);
    settings.put("token-endpoint", catalog.uri() + StrictTokens.PATH);
    return settings;
  }

  @Override
  public void close() throws Exception {
    catalog.close();
    storage.close();
  }

  /** Keys of the storage, each taken back when its time is over. */
  static final class Keys implements RestServer.Vending {
    private final S3Server storage;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    Keys(S3Server storage) {
      this.storage = storage;
    }

    /** The ids of all that were given out. */
    Set<String> ids() {
      return ends.keySet();
    }

    /** Their secrets. */
    Set<String> secrets() {
      return secrets;
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
      secrets.add(secret);
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
}
