package dev.firn.iceberg.hive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.testkit.CatalogSuite;
import org.junit.jupiter.api.AfterEach;

/** All suites over thrift, against Hive's metastore. */
class HiveCatalogTest extends CatalogSuite {
  @Override
  protected CatalogProvider provider() {
    return new HiveCatalogProvider();
  }

  @Override
  protected JsonNode settings() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uri", Metastore.uri())
        .put("warehouse", "warehouse");
  }

  @Override
  protected boolean holds(String name) {
    return name.matches("[a-z0-9_]+");
  }

  @AfterEach
  void emptyTheMetastore() throws Exception {
    Metastore.empty();
  }
}
