package dev.firn.iceberg.internal.nessie;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.projectnessie.client.NessieConfigConstants;

/**
 * How a client shows a Nessie server who it is: {@code token}, or a section {@code auth}. Other
 * ways stand below {@code properties}, as Nessie's client names them.
 */
final class NessieAuth {
  private NessieAuth() {}

  /**
   * The settings of Nessie's client.
   *
   * @throws FirnException {@code INVALID_CONFIG} when they contradict each other or lack something
   */
  static Map<String, String> properties(CatalogConfig config) {
    Optional<String> token = config.value("token");
    if (!config.settings().path("auth").isObject()) {
      return token.map(NessieAuth::bearer).orElse(Map.of());
    }
    if (token.isPresent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s' has both token and auth.".formatted(config.name()),
          "Keep one of them.");
    }
    return section(
        new CatalogConfig(config.name(), config.settings().path("auth"), config.projectFolder()));
  }

  private static Map<String, String> section(CatalogConfig auth) {
    String type = auth.required("type");
    return switch (type) {
      case "none" -> {
        CatalogKeys.checkSection(auth, "auth", Set.of());
        yield Map.of(NessieConfigConstants.CONF_NESSIE_AUTH_TYPE, "NONE");
      }
      case "token" -> {
        CatalogKeys.checkSection(auth, "auth", Set.of("token"));
        yield bearer(CatalogKeys.required(auth, "auth", "token"));
      }
      case "client-credentials" -> clientCredentials(auth);
      default ->
          throw new FirnException(
              ErrorCode.INVALID_CONFIG,
              "Catalog '%s': there is no auth type '%s'.".formatted(auth.name(), type),
              "Set auth.type to none, token or client-credentials; other settings of Nessie's client"
                  + " (authentication.type: OAUTH2, ...) stand below properties.");
    };
  }

  private static Map<String, String> bearer(String token) {
    return Map.of(
        NessieConfigConstants.CONF_NESSIE_AUTH_TYPE,
        "BEARER",
        NessieConfigConstants.CONF_NESSIE_AUTH_TOKEN,
        token);
  }

  private static Map<String, String> clientCredentials(CatalogConfig auth) {
    CatalogKeys.checkSection(
        auth, "auth", Set.of("client-id", "client-secret", "token-endpoint", "scope"));
    Map<String, String> properties = new TreeMap<>();
    properties.put(NessieConfigConstants.CONF_NESSIE_AUTH_TYPE, "OAUTH2");
    properties.put(
        NessieConfigConstants.CONF_NESSIE_OAUTH2_TOKEN_ENDPOINT,
        CatalogKeys.required(auth, "auth", "token-endpoint"));
    properties.put(
        NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_ID,
        CatalogKeys.required(auth, "auth", "client-id"));
    properties.put(
        NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_SECRET,
        CatalogKeys.required(auth, "auth", "client-secret"));
    auth.value("scope")
        .ifPresent(
            it -> properties.put(NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_SCOPES, it));
    return properties;
  }
}
