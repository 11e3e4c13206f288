package dev.firn.iceberg.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.Set;

/**
 * Dremio's catalog: {@code project} and {@code token}, a personal access token that is exchanged
 * for short-lived ones. All else has defaults, which the same keys as {@code rest}'s override.
 */
public final class DremioCatalogProvider extends RestPreset {
  private static final Set<String> KEYS =
      Set.of(
          "project",
          "token",
          "uri",
          "token-endpoint",
          "client-id",
          "scope",
          "subject-token-type",
          "credential-vending");

  @Override
  public String type() {
    return "dremio";
  }

  @Override
  CatalogConfig spelledOut(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    rest.put("uri", config.value("uri").orElse("https://catalog.dremio.cloud/api/iceberg"));
    rest.put("warehouse", config.required("project"));
    rest.put("credential-vending", config.value("credential-vending").orElse("true"));
    ObjectNode auth = rest.putObject("auth");
    auth.put("type", "token-exchange");
    auth.put("subject-token", config.required("token"));
    auth.put(
        "token-endpoint",
        config.value("token-endpoint").orElse("https://login.dremio.cloud/oauth/token"));
    auth.put("client-id", config.value("client-id").orElse("dremio"));
    auth.put("scope", config.value("scope").orElse("dremio.all"));
    auth.put(
        "subject-token-type",
        config
            .value("subject-token-type")
            .orElse("urn:ietf:params:oauth:token-type:dremio:personal-access-token"));
    if (config.settings().has("properties")) {
      rest.set("properties", config.settings().path("properties"));
    }
    return new CatalogConfig(config.name(), rest, config.projectFolder());
  }
}
