package dev.firn.iceberg.internal.rest;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.rest.auth.AuthProperties;
import org.apache.iceberg.rest.auth.OAuth2Properties;

/**
 * How a client shows a REST catalog who it is: {@code token} or {@code credential} beside the
 * {@code uri}, or a section {@code auth} with its own type.
 *
 * @param bearers what its requests are signed with; nothing when they are not signed
 */
record RestAuth(Optional<Bearers> bearers) {
  // What Iceberg's own manager would read. Secrets among them must not travel as properties.
  private static final Set<String> READ_HERE =
      Set.of("token", "credential", "scope", "token-endpoint");

  /** What stands for the bearer token, or for what is exchanged for one. */
  private enum Type {
    NONE("none"),
    TOKEN("token"),
    CLIENT_CREDENTIALS("client-credentials"),
    TOKEN_EXCHANGE("token-exchange");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    Set<String> keys() {
      return switch (this) {
        case NONE -> Set.of();
        case TOKEN -> Set.of("token");
        case CLIENT_CREDENTIALS -> Set.of("client-id", "client-secret", "token-endpoint", "scope");
        case TOKEN_EXCHANGE ->
            Set.of(
                "subject-token",
                "subject-token-type",
                "token-endpoint",
                "client-id",
                "client-secret",
                "scope");
      };
    }

    static Type of(CatalogConfig auth) {
      String word = auth.required("type");
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return type;
        }
      }
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': there is no auth type '%s'.".formatted(auth.name(), word),
          "Set auth.type to none, token, client-credentials or token-exchange.");
    }
  }

  /**
   * Reads a catalog's settings.
   *
   * @throws FirnException {@code INVALID_CONFIG} when they contradict each other or lack something
   */
  static RestAuth of(CatalogConfig config) {
    Optional<String> token = config.value("token");
    Optional<String> credential = config.value("credential");
    boolean section = config.settings().path("auth").isObject();
    int ways = (token.isPresent() ? 1 : 0) + (credential.isPresent() ? 1 : 0) + (section ? 1 : 0);
    if (ways > 1) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s' has more than one of token, credential and auth.".formatted(config.name()),
          "Keep one of them.");
    }
    if (section) {
      return ofSection(
          new CatalogConfig(config.name(), config.settings().path("auth"), config.projectFolder()),
          config);
    } else if (token.isPresent()) {
      return bearer(token.get());
    } else if (credential.isPresent()) {
      return clientCredentials(credential.get(), config, config);
    }
    return new RestAuth(Optional.empty());
  }

  /**
   * Puts into Iceberg's properties how it signs requests, and takes out of them what is read here.
   * They are good as long as this object, or a catalog opened with them, is held.
   */
  void in(Map<String, String> properties) {
    bearers.ifPresent(
        own -> {
          properties.keySet().removeAll(READ_HERE);
          properties.put(AuthProperties.AUTH_TYPE, BearerAuth.class.getName());
          properties.put(Bearers.HANDLE, own.handle());
        });
  }

  /** Where bearers are asked for; nothing when none are. */
  Optional<String> tokenEndpoint() {
    return bearers.flatMap(Bearers::forms).map(TokenForms::endpoint);
  }

  /** The request for a bearer, secrets masked; nothing when none is asked for. */
  Optional<String> tokenRequest() {
    return bearers.flatMap(Bearers::forms).map(TokenForms::told);
  }

  private static RestAuth ofSection(CatalogConfig auth, CatalogConfig catalog) {
    Type type = Type.of(auth);
    CatalogKeys.checkSection(auth, "auth", type.keys());
    return switch (type) {
      case NONE -> new RestAuth(Optional.empty());
      case TOKEN -> bearer(required(auth, "token"));
      case CLIENT_CREDENTIALS ->
          clientCredentials(
              required(auth, "client-id") + ":" + required(auth, "client-secret"), auth, catalog);
      case TOKEN_EXCHANGE -> exchange(auth);
    };
  }

  private static RestAuth bearer(String token) {
    return new RestAuth(Optional.of(Bearers.lasting(token)));
  }

  private static RestAuth clientCredentials(
      String credential, CatalogConfig settings, CatalogConfig catalog) {
    Map<String, String> client = new TreeMap<>();
    int colon = credential.indexOf(':');
    if (colon >= 0) {
      client.put(TokenForms.CLIENT_ID, credential.substring(0, colon));
    }
    client.put(TokenForms.CLIENT_SECRET, credential.substring(colon + 1));
    Map<String, String> properties = catalog.properties();
    client.put(
        TokenForms.SCOPE,
        settings
            .value("scope")
            .orElse(properties.getOrDefault("scope", OAuth2Properties.CATALOG_SCOPE)));
    for (String field : List.of(OAuth2Properties.AUDIENCE, OAuth2Properties.RESOURCE)) {
      Optional.ofNullable(properties.get(field)).ifPresent(value -> client.put(field, value));
    }
    String server = catalog.value("uri").orElse("").replaceFirst("/+$", "");
    String endpoint = settings.value("token-endpoint").orElse(server + "/v1/oauth/tokens");
    return by(TokenForms.credentials(endpoint, client));
  }

  private static RestAuth exchange(CatalogConfig auth) {
    Map<String, String> client = new TreeMap<>();
    auth.value("scope").ifPresent(scope -> client.put(TokenForms.SCOPE, scope));
    auth.value("client-id").ifPresent(id -> client.put(TokenForms.CLIENT_ID, id));
    auth.value("client-secret").ifPresent(it -> client.put(TokenForms.CLIENT_SECRET, it));
    return by(
        TokenForms.exchange(
            required(auth, "token-endpoint"),
            required(auth, "subject-token"),
            required(auth, "subject-token-type"),
            client));
  }

  private static RestAuth by(TokenForms forms) {
    return new RestAuth(Optional.of(Bearers.by(forms)));
  }

  private static String required(CatalogConfig auth, String key) {
    return CatalogKeys.required(auth, "auth", key);
  }
}
