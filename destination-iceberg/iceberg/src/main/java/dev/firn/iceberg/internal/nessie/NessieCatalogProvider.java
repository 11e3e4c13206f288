package dev.firn.iceberg.internal.nessie;

import dev.firn.destination.Capability;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.catalog.CatalogKeys;
import dev.firn.iceberg.internal.catalog.CatalogUri;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.projectnessie.client.NessieClientBuilder;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.model.ContentKey;

/**
 * Catalogs of a Nessie server, through its own protocol. A load lands on the branch that {@code
 * ref} names, which can be made for it and merged when the run has succeeded.
 */
public final class NessieCatalogProvider implements CatalogProvider {
  private static final Set<String> KEYS =
      Set.of("uri", "warehouse", "ref", "branch", "base", "merge", "token", "auth");

  @Override
  public String type() {
    return "nessie";
  }

  @Override
  public CatalogCapabilities capabilities() {
    // The letters are those of Nessie's table references: table@branch#hash, quoted by ` or '.
    return CatalogCapabilities.of(
            Capability.NESTED_NAMESPACES,
            Capability.BRANCHES,
            Capability.FORMAT_V3,
            Capability.RENAME_TABLE)
        .longestName(ContentKey.MAX_LENGTH)
        .reserving("@#`'\\");
  }

  @Override
  public void check(CatalogConfig config) {
    CatalogKeys.check(config, KEYS);
    CatalogUri.http(config);
    config.required("warehouse");
    NessieAuth.properties(config);
    BranchSettings.of(config);
  }

  @Override
  public String identity(CatalogConfig config) {
    String ref = config.value("ref").map(name -> "@" + name).orElse("");
    return type() + " " + uri(config) + ref + " " + warehouse(config);
  }

  @Override
  public Catalog open(CatalogConfig config) {
    BranchSettings settings = BranchSettings.of(config);
    Optional<NessieApiV2> opened = Optional.empty();
    try {
      NessieApiV2 api = connect(config);
      opened = Optional.of(api);
      LoadBranch branch = LoadBranch.prepare(api, settings, config);
      return NessieTables.on(branch, config, properties(config));
    } catch (RuntimeException e) {
      opened.ifPresent(NessieApiV2::close);
      throw NessieFailure.opening(config, e);
    }
  }

  private static String uri(CatalogConfig config) {
    return CatalogUri.http(config).replaceFirst("/+$", "");
  }

  private static NessieApiV2 connect(CatalogConfig config) {
    Map<String, String> properties = new HashMap<>(config.properties());
    properties.putAll(NessieAuth.properties(config));
    return NessieClientBuilder.createClientBuilder(null, null)
        .fromConfig(key -> properties.getOrDefault(key, properties.get(shortened(key))))
        .withUri(uri(config))
        .build(NessieApiV2.class);
  }

  // Iceberg's users write Nessie's keys without their prefix.
  private static String shortened(String key) {
    return key.startsWith("nessie.") ? key.substring("nessie.".length()) : key;
  }

  private static Map<String, String> properties(CatalogConfig config) {
    Map<String, String> properties = config.properties();
    KEYS.forEach(properties::remove);
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse(config));
    config.storage().forEach(properties::putIfAbsent);
    return properties;
  }

  private static String warehouse(CatalogConfig config) {
    return config.location(config.required("warehouse"));
  }
}
