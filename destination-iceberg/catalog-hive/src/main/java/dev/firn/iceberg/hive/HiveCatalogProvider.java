package dev.firn.iceberg.hive;

import dev.firn.destination.Capability;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.types.Type;

/**
 * Catalogs of type {@code hive}: a metastore's databases and tables, over thrift. What stands below
 * {@code properties} goes to Iceberg and, as Hadoop's configuration, to the metastore's client.
 */
public final class HiveCatalogProvider implements CatalogProvider {
  private static final Set<String> KEYS = Set.of("uri", "warehouse");

  @Override
  public String type() {
    return "hive";
  }

  @Override
  public CatalogCapabilities capabilities() {
    return CatalogCapabilities.of(Capability.FORMAT_V3, Capability.RENAME_TABLE)
        .with(CatalogCapabilities.Locks.PER_COMMIT)
        .with(CatalogCapabilities.LetterCase.LOWERED)
        .refusing(
            Type.TypeID.TIMESTAMP_NANO,
            Type.TypeID.VARIANT,
            Type.TypeID.UNKNOWN,
            Type.TypeID.GEOMETRY,
            Type.TypeID.GEOGRAPHY);
  }

  @Override
  public void check(CatalogConfig config) {
    config.requireKnownKeys(KEYS);
    MetastoreUri.of(config);
    config.required("warehouse");
  }

  /** In whichever order the metastores are named. */
  @Override
  public String identity(CatalogConfig config) {
    String metastores =
        MetastoreUri.of(config).addresses().stream()
            .map(URI::toString)
            .sorted()
            .collect(Collectors.joining(","));
    return "hive " + metastores + " " + warehouse(config);
  }

  @Override
  public List<URI> servers(CatalogConfig config) {
    return MetastoreUri.of(config).addresses();
  }

  @Override
  public Catalog open(CatalogConfig config) {
    MetastoreUri uri = MetastoreUri.of(config);
    Map<String, String> properties = config.properties();
    Configuration hadoop = new Configuration();
    properties.forEach(hadoop::set);
    properties.put(CatalogProperties.URI, uri.text());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse(config));
    config.storage().forEach(properties::putIfAbsent);
    if (speaksPlainThrift(hadoop)) {
      uri.requireMetastore(config.name());
    }
    HiveTables catalog = new HiveTables();
    catalog.setConf(hadoop);
    catalog.ready(config.name(), properties);
    return catalog;
  }

  private static String warehouse(CatalogConfig config) {
    String warehouse = config.location(config.required("warehouse"));
    if (warehouse.isBlank()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': its warehouse is empty.".formatted(config.name()),
          "Set catalogs.%s.warehouse to where new databases lie.".formatted(config.name()));
    }
    return warehouse;
  }

  // Only Hive's own client knows how to begin a conversation that is encrypted or signed.
  private static boolean speaksPlainThrift(Configuration hadoop) {
    return !hadoop.getBoolean("hive.metastore.sasl.enabled", false)
        && !hadoop.getBoolean("hive.metastore.use.SSL", false)
        && !hadoop.getBoolean("metastore.sasl.enabled", false)
        && !hadoop.getBoolean("metastore.use.SSL", false)
        && !hadoop.getBoolean("hive.metastore.thrift.framed.transport.enabled", false)
        && !hadoop.getBoolean("hive.metastore.thrift.compact.protocol.enabled", false);
  }
}
