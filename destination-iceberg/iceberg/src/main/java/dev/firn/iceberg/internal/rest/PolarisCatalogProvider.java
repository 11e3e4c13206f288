package dev.firn.iceberg.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import java.util.Set;

/** Apache Polaris: client credentials for all roles of the principal, vended storage keys. */
public final class PolarisCatalogProvider extends RestPreset {
  private static final Set<String> KEYS =
      Set.of("uri", "warehouse", "credential", "scope", "token-endpoint", "credential-vending");

  @Override
  public String type() {
    return "polaris";
  }

  @Override
  CatalogConfig spelledOut(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    config.required("warehouse");
    config.required("credential");
    ObjectNode rest = config.settings().deepCopy();
    rest.remove("type");
    rest.put("scope", config.value("scope").orElse("PRINCIPAL_ROLE:ALL"));
    rest.put("credential-vending", config.value("credential-vending").orElse("true"));
    return new CatalogConfig(config.name(), rest, config.projectFolder());
  }
}
