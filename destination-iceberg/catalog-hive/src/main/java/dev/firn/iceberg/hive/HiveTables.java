package dev.firn.iceberg.hive;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.ClientPool;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.hive.HiveCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.LocationUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.thrift.TException;

/**
 * Iceberg's catalog of a metastore, which says before anything is written what Hive cannot hold,
 * and does not wait for writers that are dead.
 */
@SuppressWarnings("NullAway.Init") // Iceberg makes catalogs in two steps
final class HiveTables extends HiveCatalog {
  private String warehouse;
  private FileIO storage;
  private MetastoreClients clients;

  /** As {@link #initialize}; when that fails, nothing stays open. */
  void ready(String name, Map<String, String> properties) {
    try {
      initialize(name, properties);
    } catch (RuntimeException e) {
      try {
        close();
      } catch (IOException | RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    super.initialize(name, properties);
    warehouse =
        LocationUtil.stripTrailingSlash(properties.get(CatalogProperties.WAREHOUSE_LOCATION));
    storage =
        CatalogUtil.loadFileIO(
            properties.get(CatalogProperties.FILE_IO_IMPL), properties, getConf());
    int size =
        PropertyUtil.propertyAsInt(
            properties,
            CatalogProperties.CLIENT_POOL_SIZE,
            CatalogProperties.CLIENT_POOL_SIZE_DEFAULT);
    clients = new MetastoreClients(size, getConf());
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    HiveLimits.requireName(identifier);
    return super.loadTable(identifier);
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    HiveLimits.requireName(identifier);
    HiveLimits.require(identifier, schema);
    return super.buildTable(identifier, schema);
  }

  @Override
  public TableOperations newTableOps(TableIdentifier identifier) {
    String database = identifier.namespace().level(0);
    ClientPool<IMetaStoreClient, TException> unblocked =
        new UnblockedClients(clients, getConf(), database, identifier.name());
    return new HiveTable(getConf(), unblocked, storage, name(), database, identifier.name());
  }

  // A database is made by the commit that makes its first table; files are staged before.
  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    try {
      return super.defaultWarehouseLocation(identifier);
    } catch (NoSuchNamespaceException notYet) {
      return "%s/%s.db/%s".formatted(warehouse, identifier.namespace().level(0), identifier.name());
    }
  }

  @Override
  public void close() throws IOException {
    FileIO files = storage;
    MetastoreClients pool = clients;
    try (files;
        pool) {
      super.close();
    }
  }
}
