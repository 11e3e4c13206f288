package dev.firn.iceberg.s3;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.StorageConfig;
import dev.firn.iceberg.StorageProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Storage of type {@code s3}: Amazon's, and whatever speaks its protocol at an endpoint. Without
 * keys the client finds its own, as all of Amazon's do: environment, profile, machine.
 */
public final class S3StorageProvider implements StorageProvider {
  private static final Set<String> KEYS =
      Set.of("endpoint", "path-style", "region", "access-key", "secret-key", "session-token");
  // Servers other than Amazon's have one region, by whatever name, but a request must be signed for
  // one.
  private static final String ANY_REGION = "us-east-1";

  @Override
  public String type() {
    return "s3";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("s3", "s3a", "s3n");
  }

  @Override
  public Map<String, String> properties(StorageConfig config) {
    config.requireKnownKeys(KEYS);
    requireWholeKey(config);
    Map<String, String> properties = new TreeMap<>();
    put(config, "access-key", properties, "s3.access-key-id");
    put(config, "secret-key", properties, "s3.secret-access-key");
    put(config, "session-token", properties, "s3.session-token");
    put(config, "region", properties, "client.region");
    Optional<String> endpoint = config.value("endpoint");
    if (endpoint.isPresent()) {
      properties.put("s3.endpoint", Endpoint.of(endpoint.get(), config.catalog()));
      properties.putIfAbsent("client.region", ANY_REGION);
      // A bucket as a part of the host's name needs a server that is set up for it.
      properties.put("s3.path-style-access", "true");
    }
    put(config, "path-style", properties, "s3.path-style-access");
    return properties;
  }

  private static void put(
      StorageConfig config, String key, Map<String, String> properties, String property) {
    config.value(key).ifPresent(value -> properties.put(property, value));
  }

  private static void requireWholeKey(StorageConfig config) {
    if (config.value("access-key").isPresent() || config.value("session-token").isPresent()) {
      config.required("secret-key");
    }
    if (config.value("secret-key").isPresent()) {
      config.required("access-key");
    }
    Optional<String> style = config.value("path-style");
    if (style.isPresent() && !Set.of("true", "false").contains(style.get())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': storage.path-style is neither true nor false.".formatted(config.catalog()),
          "Set catalogs.%s.storage.path-style to true or false.".formatted(config.catalog()));
    }
  }

  @Override
  public Optional<FirnException> failure(String what, Throwable cause) {
    return S3Failure.of(what, cause);
  }
}
