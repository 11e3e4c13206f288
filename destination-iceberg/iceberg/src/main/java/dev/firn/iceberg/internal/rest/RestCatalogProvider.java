package dev.firn.iceberg.internal.rest;

import dev.firn.destination.Capability;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.catalog.CatalogUri;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTCatalogProperties;

/** Catalogs that speak Iceberg's REST protocol. */
public final class RestCatalogProvider implements CatalogProvider {
  private static final String DELEGATION = "header.X-Iceberg-Access-Delegation";
  private static final Set<String> KEYS =
      Set.of(
          "uri",
          "warehouse",
          "prefix",
          "token",
          "credential",
          "scope",
          "token-endpoint",
          "auth",
          "credential-vending");

  @Override
  public String type() {
    return "rest";
  }

  @Override
  public CatalogCapabilities capabilities() {
    return CatalogCapabilities.of(Capability.NESTED_NAMESPACES, Capability.RENAME_TABLE)
        .byServer(Capability.MULTI_TABLE_COMMIT, Capability.FORMAT_V3)
        .with(CatalogCapabilities.Locks.BY_SERVER)
        .with(CatalogCapabilities.LetterCase.BY_SERVER);
  }

  @Override
  public void check(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    CatalogUri.http(config);
    RestAuth.of(config);
  }

  @Override
  public Catalog open(CatalogConfig config) {
    Map<String, String> properties = config.properties();
    properties.putAll(RestAuth.of(config).properties());
    if ("true".equals(properties.remove("credential-vending"))) {
      properties.putIfAbsent(DELEGATION, "vended-credentials");
    }
    properties.put(CatalogProperties.URI, CatalogUri.http(config));
    config.storage().forEach(properties::putIfAbsent);
    if (!CatalogKeys.cached(config)) {
      properties.put(RESTCatalogProperties.TABLE_CACHE_MAX_ENTRIES, "0");
    }
    RESTCatalog catalog = new RESTCatalog();
    catalog.initialize(config.name(), properties);
    return catalog;
  }
}
