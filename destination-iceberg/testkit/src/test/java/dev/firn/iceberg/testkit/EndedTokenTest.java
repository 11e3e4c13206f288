package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.rest.RestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose token the catalog stops to accept on the way. */
@SuppressWarnings("NullAway.Init") // set before each test
class EndedTokenTest {
  private static final TableName ORDERS = TableName.parse("shop.orders");

  private final StrictTokens tokens = new StrictTokens(60);
  @TempDir private Path project;
  @TempDir private Path behind;
  private RestServer server;

  @BeforeEach
  void start() {
    CatalogConfig config =
        new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), behind);
    server = RestServer.start(Providers.of("jdbc").open(config), Optional.of(tokens));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Destination open(String type) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("type", type);
    settings.put("uri", server.uri());
    if (type.equals("rest")) {
      settings.put("token", tokens.issue());
    } else {
      settings.put("project", "first-project");
      settings.put("token", StrictTokens.PAT);
      settings.put("token-endpoint", server.uri() + StrictTokens.PATH);
    }
    return new IcebergDestinationProvider()
        .open(new DestinationConfig("lake", new ObjectMapper().valueToTree(settings), project));
  }

  private RunReport run(Destination lake, LoadObserver observer, long... ids) {
    List<Map<String, Object>> rows =
        java.util.Arrays.stream(ids).mapToObj(id -> Map.<String, Object>of("id", id)).toList();
    return Firn.pipeline("shop")
        .workFolder(project)
        .run(lake, new RunOptions(Set.of(), observer), Resource.of("orders", () -> rows));
  }

  private LoadObserver revokingWhenSealed() {
    return new LoadObserver() {
      @Override
      public void sealed(LoadId load) {
        tokens.revoke();
        tokens.renewing(StrictTokens.Renewal.REFUSED);
      }
    };
  }

  private List<Path> packages() throws IOException {
    Path folder = project.resolve(".firn").resolve("packages");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> packages = Files.list(folder)) {
      return packages.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "dremio"})
  void packageIsKeptAndTheNextRunCommitsIt(String type) throws IOException {
    RunReport failed;
    try (Destination lake = open(type)) {
      run(lake, LoadObserver.NONE, 1).throwIfFailed();
      failed = run(lake, revokingWhenSealed(), 2, 3);
    }

    assertThat(failed.exitCode()).isEqualTo(5);
    assertThat(failed.error().orElseThrow().getMessage())
        .contains("shop.orders", "the catalog does not accept the token any more");
    assertThat(packages()).hasSize(1);
    tokens.renewing(StrictTokens.Renewal.BY_EXCHANGE);
    try (Destination lake = open(type)) {
      assertThat(lake.metadata().sample(ORDERS, 10)).as("nothing half visible").hasSize(1);
      RunReport next = run(lake, LoadObserver.NONE, 2, 3);

      assertThat(next.exitCode()).isZero();
      assertThat(next.finishedPackages()).hasSize(1);
      assertThat(lake.metadata().sample(ORDERS, 10)).hasSize(3).doesNotHaveDuplicates();
    }
    assertThat(packages()).isEmpty();
  }

  @Test
  void runThatCannotEvenLookLeavesNothing() throws IOException {
    try (Destination lake = open("rest")) {
      run(lake, LoadObserver.NONE, 1).throwIfFailed();
      tokens.revoke();

      RunReport failed = run(lake, LoadObserver.NONE, 2);

      assertThat(failed.exitCode()).isEqualTo(5);
    }
    assertThat(packages()).isEmpty();
  }
}
