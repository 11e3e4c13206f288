package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.Closeable;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hive.HiveClientPool;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that move up because one before them is dropped. */
class MovedColumnsTest {
  private static final TableIdentifier ORDERS = TableIdentifier.of("moved", "orders");

  @TempDir private Path project;

  @AfterEach
  void emptyTheMetastore() throws Exception {
    Metastore.empty();
  }

  @Test
  void metastoreThatInsistsOnPlacesIsUnderstood() throws Exception {
    HiveShop shop = HiveShop.in(project);
    try (Destination destination = shop.open()) {
      shop.load(destination, HiveShop.row("moved.orders", "id"));
    }
    Catalog catalog = new HiveCatalogProvider().open(shop.config());
    try (Closeable closed = (Closeable) catalog;
        HiveClientPool insisting = Metastore.client()) {
      Table orders = catalog.loadTable(ORDERS);
      orders
          .updateSchema()
          .addColumn("name", Types.StringType.get())
          .addColumn("at", Types.DateType.get())
          .commit();
      HiveTable table =
          new HiveTable(new Configuration(), insisting, orders.io(), "lake", "moved", "orders");

      FirnException refusal =
          catchThrowableOfType(
              FirnException.class,
              () ->
                  new BaseTable(table, "moved.orders")
                      .updateSchema()
                      .deleteColumn("name")
                      .commit());

      assertThat(closed).isSameAs(catalog);
      assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
      assertThat(refusal).hasMessageContaining("does not let columns move up");
      orders.updateSchema().deleteColumn("name").commit();
      assertThat(orders.schema().columns()).hasSize(2);
    }
  }
}
