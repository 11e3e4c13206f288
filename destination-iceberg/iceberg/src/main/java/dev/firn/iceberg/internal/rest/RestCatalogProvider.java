package dev.firn.iceberg.internal.rest;

import dev.firn.destination.Capability;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProbe;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogClass;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.catalog.CatalogUri;
import dev.firn.iceberg.internal.catalog.ServerAddress;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalogProperties;

/** Catalogs that speak Iceberg's REST protocol. */
public final class RestCatalogProvider implements CatalogProvider {
  // Named in Iceberg's client, but not for others to see.
  private static final String PROXY_HOST = "rest.client.proxy.hostname";
  private static final String PROXY_PORT = "rest.client.proxy.port";
  private static final String DELEGATION = "header.X-Iceberg-Access-Delegation";
  private static final String VENDING = "credential-vending";
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
          VENDING);

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
  public List<URI> servers(CatalogConfig config) {
    Optional<String> proxy = Optional.ofNullable(config.properties().get(PROXY_HOST));
    if (proxy.isPresent()) {
      String port = config.properties().getOrDefault(PROXY_PORT, "80");
      return ServerAddress.all("http://" + proxy.get() + ":" + port);
    }
    return Stream.of(config.value("uri"), RestAuth.of(config).tokenEndpoint())
        .flatMap(Optional::stream)
        .flatMap(address -> ServerAddress.all(address).stream())
        .toList();
  }

  @Override
  public List<CatalogProbe> probes(CatalogConfig config) {
    RestAuth auth = RestAuth.of(config);
    return new RestProbes(config.name(), auth, properties(config, auth)).all();
  }

  @Override
  public boolean oneServerIsEnough() {
    return false; // the token endpoint is another one
  }

  /** Addresses with and without a slash at their end are one. */
  @Override
  public String identity(CatalogConfig config) {
    String uri = CatalogUri.http(config).replaceFirst("/+$", "");
    return (type() + " " + uri + " " + config.value("warehouse").orElse("")).strip();
  }

  @Override
  public Catalog open(CatalogConfig config) {
    RestAuth auth = RestAuth.of(config);
    Optional<KnownTables> known =
        CatalogKeys.cached(config) ? Optional.of(new KnownTables()) : Optional.empty();
    try {
      return CatalogClass.initialized(
          new CheckedCatalog(known), config.name(), properties(config, auth));
    } finally {
      Reference.reachabilityFence(auth); // the catalog holds its bearers from now on
    }
  }

  private static Map<String, String> properties(CatalogConfig config, RestAuth auth) {
    Map<String, String> properties = config.properties();
    auth.in(properties);
    properties.remove(VENDING);
    if (CatalogKeys.isTrue(config, VENDING)) {
      properties.putIfAbsent(DELEGATION, "vended-credentials");
    }
    properties.put(CatalogProperties.URI, CatalogUri.http(config));
    config.storage().forEach(properties::putIfAbsent);
    if (!CatalogKeys.cached(config)) {
      properties.put(RESTCatalogProperties.TABLE_CACHE_MAX_ENTRIES, "0");
    }
    return properties;
  }
}
