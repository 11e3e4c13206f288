package dev.firn.iceberg.hive;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.InvalidObjectException;
import org.apache.hadoop.hive.metastore.api.InvalidOperationException;
import org.apache.iceberg.ClientPool;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.hive.HiveTableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/** Commits to one table of a metastore. */
final class HiveTable extends HiveTableOperations {
  private final TableIdentifier identifier;

  HiveTable(
      Configuration hadoop,
      ClientPool<IMetaStoreClient, TException> clients,
      FileIO storage,
      String catalog,
      String database,
      String table) {
    super(hadoop, clients, storage, null, catalog, database, table);
    this.identifier = TableIdentifier.of(database, table);
  }

  @Override
  protected void doCommit(@Nullable TableMetadata base, TableMetadata metadata) {
    HiveLimits.require(identifier, metadata);
    try {
      super.doCommit(base, metadata);
    } catch (CommitFailedException e) {
      if (String.valueOf(e.getMessage()).contains("waiting for lock")) {
        throw new FirnException(
            ErrorCode.CATALOG_LOCKED,
            "Table %s is locked in the Hive metastore by a writer that is alive."
                .formatted(identifier),
            "Wait for it to end (SHOW LOCKS names it), then run again: the package is kept.",
            e);
      }
      throw e;
    } catch (CommitStateUnknownException e) {
      if (isRefusedMove(e.getCause())) {
        throw HiveLimits.refused(
            identifier,
            "the Hive metastore does not let columns move up where one is dropped",
            "Set metastore.disallow.incompatible.col.type.changes to false in the metastore's"
                + " configuration, or keep the column.");
      }
      throw e;
    } catch (ValidationException e) {
      if (e.getCause() instanceof InvalidObjectException why) {
        throw HiveLimits.refused(
            identifier,
            "the Hive metastore does not take it: " + why.getMessage(),
            "Name its columns otherwise, or load into another catalog.");
      }
      throw e;
    }
  }

  // The metastore compares the types of columns place by place.
  private static boolean isRefusedMove(@Nullable Throwable why) {
    return why instanceof InvalidOperationException
        && String.valueOf(why.getMessage()).contains("types incompatible");
  }
}
