package dev.firn.iceberg.internal.rest;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.rest.auth.AuthProperties;
import org.apache.iceberg.rest.auth.OAuth2Properties;

/**
 * How a client shows a REST catalog who it is, as Iceberg's properties: {@code token} or {@code
 * credential} beside the {@code uri}, or a section {@code auth} with its own type.
 */
record RestAuth(Map<String, String> properties) {
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

  RestAuth {
    properties = Map.copyOf(properties);
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
      return clientCredentials(credential.get(), config.value("uri").orElse(""), config);
    }
    return new RestAuth(Map.of());
  }

  /** Where bearers are asked for; nothing when none are. */
  Optional<String> tokenEndpoint() {
    return value(TokenForms.ENDPOINT).or(() -> value(OAuth2Properties.OAUTH2_SERVER_URI));
  }

  /** The request for a bearer, secrets masked; nothing when none is asked for. */
  Optional<String> tokenRequest() {
    if (value(TokenForms.ENDPOINT).isPresent()) {
      return tokenEndpoint()
          .map(
              endpoint ->
                  "POST %s with grant_type token-exchange, subject_token ***, subject_token_type %s%s%s"
                      .formatted(
                          endpoint,
                          value(TokenForms.SUBJECT_TYPE).orElse(""),
                          field("client_id", TokenForms.CLIENT_ID),
                          field("scope", TokenForms.SCOPE)));
    }
    return value(OAuth2Properties.CREDENTIAL)
        .map(
            credential ->
                "POST %s with grant_type client_credentials, client_id %s, client_secret ***%s"
                    .formatted(
                        tokenEndpoint().orElse(""),
                        credential.contains(":") ? credential.split(":", 2)[0] : "(none)",
                        field("scope", OAuth2Properties.SCOPE)));
  }

  private String field(String field, String property) {
    return value(property).map(text -> ", " + field + " " + text).orElse("");
  }

  private Optional<String> value(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  private static RestAuth ofSection(CatalogConfig auth, CatalogConfig catalog) {
    Type type = Type.of(auth);
    CatalogKeys.checkSection(auth, "auth", type.keys());
    return switch (type) {
      case NONE -> new RestAuth(Map.of());
      case TOKEN -> bearer(required(auth, "token"));
      case CLIENT_CREDENTIALS ->
          clientCredentials(
              required(auth, "client-id") + ":" + required(auth, "client-secret"),
              catalog.value("uri").orElse(""),
              auth);
      case TOKEN_EXCHANGE -> exchange(auth);
    };
  }

  private static RestAuth bearer(String token) {
    return new RestAuth(
        Map.of(AuthProperties.AUTH_TYPE, AuthProperties.AUTH_TYPE_OAUTH2, "token", token));
  }

  private static RestAuth clientCredentials(String credential, String uri, CatalogConfig settings) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(AuthProperties.AUTH_TYPE, AuthProperties.AUTH_TYPE_OAUTH2);
    properties.put(OAuth2Properties.CREDENTIAL, credential);
    settings.value("scope").ifPresent(scope -> properties.put(OAuth2Properties.SCOPE, scope));
    properties.put(
        OAuth2Properties.OAUTH2_SERVER_URI,
        settings.value("token-endpoint").orElse(uri.replaceFirst("/+$", "") + "/v1/oauth/tokens"));
    return new RestAuth(properties);
  }

  private static RestAuth exchange(CatalogConfig auth) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(AuthProperties.AUTH_TYPE, TokenExchange.class.getName());
    properties.put(TokenForms.ENDPOINT, required(auth, "token-endpoint"));
    properties.put(TokenForms.SUBJECT, required(auth, "subject-token"));
    properties.put(TokenForms.SUBJECT_TYPE, required(auth, "subject-token-type"));
    auth.value("scope").ifPresent(scope -> properties.put(TokenForms.SCOPE, scope));
    auth.value("client-id").ifPresent(id -> properties.put(TokenForms.CLIENT_ID, id));
    auth.value("client-secret").ifPresent(it -> properties.put(TokenForms.CLIENT_SECRET, it));
    return new RestAuth(properties);
  }

  private static String required(CatalogConfig auth, String key) {
    return CatalogKeys.required(auth, "auth", key);
  }
}
