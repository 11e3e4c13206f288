package dev.firn.iceberg.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.util.Optional;
import org.apache.iceberg.rest.RestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** All suites over HTTP, against Iceberg's reference server. */
class RestCatalogTest extends CatalogSuite {
  private @Nullable RestServer server;

  @Override
  protected CatalogProvider provider() {
    return Providers.of("rest");
  }

  @Override
  protected JsonNode settings() {
    RestServer started = server;
    if (started == null) {
      CatalogConfig behind =
          new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), project);
      started = RestServer.start(Providers.of("jdbc").open(behind), Optional.empty());
      server = started;
    }
    return JsonNodeFactory.instance.objectNode().put("uri", started.uri());
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }
}
