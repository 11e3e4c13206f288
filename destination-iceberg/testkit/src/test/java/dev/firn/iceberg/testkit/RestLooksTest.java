package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RestServer;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a run over REST has a table sent, counted at the server. */
@SuppressWarnings("NullAway.Init") // set before each test
class RestLooksTest {
  private static final String TABLE = "/v1/namespaces/shop/tables/orders";
  private static final int WHOLE = 200;
  private static final int UNCHANGED = 304;

  @TempDir private Path project;
  @TempDir private Path elsewhere;
  private Catalog behind;
  private RestServer server;

  @BeforeEach
  void start() {
    behind =
        Providers.of("jdbc")
            .open(new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), elsewhere));
    server = RestServer.start(behind, Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Destination open(Map<String, Object> more) {
    Map<String, Object> settings = new TreeMap<>(more);
    settings.put("type", "rest");
    settings.put("uri", server.uri());
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  private void run(Destination lake, int id) {
    Resource orders = Resource.of("orders", () -> List.of(Map.of("id", id)));
    Firn.pipeline("shop").workFolder(project).run(lake, RunOptions.DEFAULT, orders).throwIfFailed();
  }

  private long looks(int status) {
    return server.answers().stream()
        .filter(new RestServer.Answered("GET " + TABLE, status)::equals)
        .count();
  }

  private long commits() {
    return server.answers().stream()
        .filter(answer -> answer.request().equals("POST " + TABLE))
        .count();
  }

  @Test
  void runHasATableSentOnceAndAsksAfterwardsWhetherItHasChanged() {
    try (Destination lake = open(Map.of())) {
      run(lake, 1);
    }
    server.answers().clear();

    try (Destination lake = open(Map.of())) {
      run(lake, 2);
    }

    assertThat(looks(WHOLE)).isLessThanOrEqualTo(2); // as it was, and as the commit left it
    assertThat(looks(UNCHANGED)).isPositive();
    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void whatAnotherWriterHasDoneIsSentAgain() {
    try (Destination lake = open(Map.of())) {
      run(lake, 1);
      Table table = behind.loadTable(TableIdentifier.of("shop", "orders"));
      table.updateSchema().addColumn("note", Types.StringType.get()).commit();

      run(lake, 2);

      assertThat(
              lake.metadata()
                  .current(TableName.parse("shop.orders"))
                  .orElseThrow()
                  .schema()
                  .column("note"))
          .isPresent();
    }
  }

  @Test
  void withoutCacheEachLookHasTheTableSent() {
    try (Destination lake = open(Map.of("cache", Map.of("enabled", false)))) {
      run(lake, 1);
      run(lake, 2);
    }

    assertThat(looks(UNCHANGED)).isZero();
    assertThat(looks(WHOLE)).isGreaterThan(2);
  }
}
