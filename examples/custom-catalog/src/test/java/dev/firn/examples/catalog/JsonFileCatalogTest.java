package dev.firn.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.testkit.CatalogSuite;
import dev.firn.iceberg.testkit.CatalogsPage;
import org.junit.jupiter.api.Test;

class JsonFileCatalogTest extends CatalogSuite {
  @Override
  protected CatalogProvider provider() {
    return new JsonFileCatalogProvider();
  }

  @Override
  protected JsonNode settings() {
    return JsonNodeFactory.instance.objectNode().put("path", "lake");
  }

  @Test
  void thePagesBlockIsUnderstood() throws Exception {
    String block = CatalogsPage.read().block("type: json-file");

    assertThat(CatalogsPage.pipeline(block, project).destination().settings().path("path").asText())
        .isEqualTo("lake");
  }
}
