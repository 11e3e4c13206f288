package dev.firn.iceberg.gcs;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.StorageConfig;
import dev.firn.iceberg.StorageProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Storage of type {@code gcs}: Google's Cloud Storage. Without a token the client finds its own
 * credentials, as all of Google's do: {@code GOOGLE_APPLICATION_CREDENTIALS}, then the machine's.
 */
public final class GcsStorageProvider implements StorageProvider {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "project", "gcs.project-id",
          "user-project", "gcs.user-project",
          "token", "gcs.oauth2.token",
          "impersonate", "gcs.impersonate.service-account",
          "anonymous", "gcs.no-auth",
          "endpoint", "gcs.service.host");

  @Override
  public String type() {
    return "gcs";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("gs");
  }

  @Override
  public Map<String, String> properties(StorageConfig config) {
    config.requireKnownKeys(PROPERTIES.keySet());
    requireOneIdentity(config);
    config.value("endpoint").ifPresent(endpoint -> requireAddress(endpoint, config));
    Map<String, String> properties = new TreeMap<>();
    PROPERTIES.forEach(
        (key, property) -> config.value(key).ifPresent(value -> properties.put(property, value)));
    return properties;
  }

  private static void requireOneIdentity(StorageConfig config) {
    String anonymous = config.value("anonymous").orElse("false");
    if (!Set.of("true", "false").contains(anonymous)) {
      throw mistake(
          config,
          "storage.anonymous is neither true nor false",
          "Set catalogs.%s.storage.anonymous to true, or leave it out.");
    }
    boolean token = config.value("token").isPresent();
    boolean impersonate = config.value("impersonate").isPresent();
    if ((anonymous.equals("true") && (token || impersonate)) || (token && impersonate)) {
      throw mistake(
          config,
          "storage has more than one of token, impersonate and anonymous",
          "Keep one of them in catalogs.%s.storage.");
    }
  }

  private static void requireAddress(String text, StorageConfig config) {
    try {
      URI address = new URI(text);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      // told below like any other that is none
    }
    throw mistake(
        config,
        "storage.endpoint '%s' is no http address".formatted(text),
        "Set catalogs.%s.storage.endpoint to an address such as https://host:4443, or leave it out.");
  }

  private static FirnException mistake(StorageConfig config, String what, String hint) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Catalog '%s': %s.".formatted(config.catalog(), what),
        hint.formatted(config.catalog()));
  }

  @Override
  public Optional<FirnException> failure(String what, Throwable cause) {
    return GcsFailure.of(what, cause);
  }
}
