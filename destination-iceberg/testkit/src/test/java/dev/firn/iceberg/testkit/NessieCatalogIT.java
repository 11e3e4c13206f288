package dev.firn.iceberg.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.iceberg.CatalogProvider;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All suites against Nessie's own server, each test on a branch of its own. */
class NessieCatalogIT extends CatalogSuite {
  private static NessieServer server;

  private final String branch = "test-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = NessieServer.start(Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected CatalogProvider provider() {
    return Providers.of("nessie");
  }

  @Override
  protected JsonNode settings() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uri", server.uri())
        .put("warehouse", "warehouse")
        .put("ref", branch)
        .put("branch", "create-if-missing");
  }
}
