package dev.firn.iceberg.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.catalog.CatalogUri;
import java.util.Set;
import org.apache.iceberg.catalog.Catalog;

/** Apache Polaris: client credentials for all roles of the principal, vended storage keys. */
public final class PolarisCatalogProvider implements CatalogProvider {
  private static final Set<String> KEYS =
      Set.of("uri", "warehouse", "credential", "scope", "token-endpoint", "credential-vending");

  @Override
  public String type() {
    return "polaris";
  }

  @Override
  public void check(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    CatalogUri.http(config);
    config.required("warehouse");
    config.required("credential");
  }

  @Override
  public Catalog open(CatalogConfig config) {
    return new RestCatalogProvider().open(spelledOut(config));
  }

  @Override
  public String identity(CatalogConfig config) {
    return new RestCatalogProvider().identity(spelledOut(config));
  }

  /** The same as settings of {@code rest}. */
  static CatalogConfig spelledOut(CatalogConfig config) {
    ObjectNode rest = config.settings().deepCopy();
    rest.remove("type");
    rest.put("scope", config.value("scope").orElse("PRINCIPAL_ROLE:ALL"));
    rest.put("credential-vending", config.value("credential-vending").orElse("true"));
    return new CatalogConfig(config.name(), rest, config.projectFolder());
  }
}
