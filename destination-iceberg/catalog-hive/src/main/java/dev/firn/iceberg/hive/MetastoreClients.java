package dev.firn.iceberg.hive;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.iceberg.hive.HiveClientPool;
import org.apache.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients whose sessions let the columns of a table move up when one is dropped. A metastore
 * compares columns by their places, where Hive's own files have them; Iceberg's have ids.
 */
final class MetastoreClients extends HiveClientPool {
  private static final Logger log = LoggerFactory.getLogger(MetastoreClients.class);
  private static final String DISALLOWED = "hive.metastore.disallow.incompatible.col.type.changes";

  MetastoreClients(int size, Configuration hadoop) {
    super(size, hadoop);
  }

  @Override
  protected IMetaStoreClient newClient() {
    return allowing(super.newClient());
  }

  @Override
  protected IMetaStoreClient reconnect(IMetaStoreClient client) {
    return allowing(super.reconnect(client));
  }

  // The setting is one of those that a session may change; a server that thinks otherwise refuses
  // the commit, which HiveTable tells.
  private static IMetaStoreClient allowing(IMetaStoreClient client) {
    try {
      client.setMetaConf(DISALLOWED, "false");
    } catch (TException e) {
      log.debug("The metastore keeps {}: {}", DISALLOWED, e.toString());
    }
    return client;
  }
}
