package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.internal.catalog.Tables.NewTable;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static final TableName ORDERS = TableName.parse("shop.orders");

  @Test
  void namespaceIsMadeWhereTheServerWantsItBeforeATableIsBegun() throws IOException {
    try (InMemoryCatalog strict = new StrictCatalog()) {
      Tables tables = new Tables(new OpenCatalog(strict, "strict"));
      NewTable empty =
          new NewTable(
              new Schema(),
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              Optional.empty(),
              Map.of());

      String location = tables.create(ORDERS, empty).table().location();

      assertThat(location).endsWith("shop/orders");
      assertThat(tables.load(ORDERS)).isEmpty();
    }
  }

  /** Looks at the namespace of a table as soon as it is asked for one. */
  private static final class StrictCatalog extends InMemoryCatalog {
    StrictCatalog() {
      initialize("strict", Map.of());
    }

    @Override
    public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
      if (!namespaceExists(identifier.namespace())) {
        throw new NoSuchNamespaceException("Namespace does not exist: %s", identifier.namespace());
      }
      return super.buildTable(identifier, schema);
    }
  }
}
