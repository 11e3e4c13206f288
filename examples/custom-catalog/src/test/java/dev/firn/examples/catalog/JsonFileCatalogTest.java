package dev.firn.examples.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.testkit.CatalogSuite;

class JsonFileCatalogTest extends CatalogSuite {
  @Override
  protected CatalogProvider provider() {
    return new JsonFileCatalogProvider();
  }

  @Override
  protected JsonNode settings() {
    return JsonNodeFactory.instance.objectNode().put("path", "lake");
  }
}
