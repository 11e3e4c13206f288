package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.firn.iceberg.CatalogConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RestServer;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the secrets of a REST catalog go, whatever its server says. */
@SuppressWarnings("NullAway.Init") // set before each test
class RestSecretsTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Map<String, String> overrides = new TreeMap<>();
  private final StrictTokens tokens = new StrictTokens(1);
  private final StrictTokens strange = new StrictTokens(60);
  @TempDir private Path project;
  private RestServer server;
  private RestServer elsewhere;

  @BeforeEach
  void start() {
    CatalogConfig behind =
        new CatalogConfig("behind", JsonNodeFactory.instance.objectNode(), project);
    server = RestServer.start(Providers.of("jdbc").open(behind), Optional.of(new Overriding()));
    elsewhere = RestServer.start(Providers.of("jdbc").open(behind), Optional.of(strange));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    elsewhere.close();
  }

  /** The guard of the tokens, behind a configuration with overrides. */
  private final class Overriding extends Filter {
    @Override
    public String description() {
      return "overrides";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      if (overrides.isEmpty() || !exchange.getRequestURI().getPath().endsWith("/v1/config")) {
        tokens.doFilter(exchange, chain);
        return;
      }
      byte[] body =
          new ObjectMapper()
              .writeValueAsBytes(Map.of("defaults", Map.of(), "overrides", overrides));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }
  }

  private Map<String, Object> settings(String type) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("uri", server.uri());
    settings.put("token-endpoint", server.uri() + StrictTokens.PATH);
    switch (type) {
      case "dremio" -> {
        settings.put("project", "first-project");
        settings.put("token", StrictTokens.PAT);
      }
      case "polaris" -> {
        settings.put("warehouse", "demo");
        settings.put("credential", "reader:" + StrictTokens.SECRET);
      }
      default -> throw new IllegalArgumentException(type);
    }
    return settings;
  }

  private RESTCatalog open(String type, Map<String, Object> settings) {
    CatalogConfig config =
        new CatalogConfig("lake", new ObjectMapper().valueToTree(settings), project);
    return (RESTCatalog) Providers.of(type).open(config);
  }

  private void workThrough(int bearers, RESTCatalog catalog) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (tokens.bearers().size() < bearers && System.nanoTime() < end) {
      catalog.listNamespaces();
    }
    assertThat(tokens.bearers()).hasSizeGreaterThanOrEqualTo(bearers);
    assertThat(tokens.refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dremio", "polaris"})
  void serverCannotHaveSecretsSentElsewhere(String type) throws IOException {
    String endpoint = elsewhere.uri() + StrictTokens.PATH;
    overrides.put("firn.token-endpoint", endpoint);
    overrides.put("token-endpoint", endpoint);
    overrides.put("oauth2-server-uri", endpoint);
    overrides.put("rest.auth.type", "oauth2");
    overrides.put("firn.bearers", "another catalog's");

    try (RESTCatalog catalog = open(type, settings(type))) {
      workThrough(3, catalog);
    }

    assertThat(strange.requests()).isEmpty();
    assertThat(strange.refused()).as("nothing at all was sent there").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dremio", "polaris"})
  void secretsAreNoPropertiesOfTheCatalogAndItsTables(String type) throws IOException {
    try (RESTCatalog catalog = open(type, settings(type))) {
      catalog.createNamespace(Namespace.of("shop"));
      Table table =
          catalog.createTable(
              TableIdentifier.of("shop", "orders"),
              new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
              PartitionSpec.unpartitioned());

      for (Map<String, String> properties :
          List.of(catalog.properties(), table.io().properties())) {
        assertThat(properties).containsEntry("uri", server.uri());
        assertThat(properties.values())
            .noneMatch(value -> value.contains(StrictTokens.PAT))
            .noneMatch(value -> value.contains(StrictTokens.SECRET))
            .noneMatch(tokens.bearers()::contains);
      }
    }
  }

  @Test
  void tokenIsUsedAsItIsEvenIfItSaysThatItHasEnded() throws IOException {
    String token = part("{\"alg\":\"none\"}") + "." + part("{\"sub\":\"ada\",\"exp\":1}") + ".c2ln";
    tokens.accept(token);

    try (RESTCatalog catalog = open("rest", Map.of("uri", server.uri(), "token", token))) {
      catalog.listNamespaces();
      assertThat(catalog.properties().values()).doesNotContain(token);
    }

    assertThat(tokens.bearers()).containsExactly(token);
    assertThat(tokens.refused()).isEmpty();
    assertThat(tokens.requests()).isEmpty();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
