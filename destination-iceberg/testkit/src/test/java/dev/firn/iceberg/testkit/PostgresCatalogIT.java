package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.DestinationConfig;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.IcebergDestinationProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All suites against a PostgreSQL server. */
@SuppressWarnings("NullAway.Init") // set before all tests
class PostgresCatalogIT extends CatalogSuite {
  private static final String SECRET = "pass-word-of-ada";

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    Path data = Files.createTempDirectory("firn-postgres");
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(true)
            .setServerConfig("fsync", "off")
            .start();
    execute("CREATE ROLE ada LOGIN SUPERUSER PASSWORD '" + SECRET + "'");
    execute("CREATE ROLE bob LOGIN PASSWORD '" + SECRET + "'");
    // As it is made, the server believes whoever connects from this machine.
    Files.writeString(
        data.resolve("pg_hba.conf"),
        "host all postgres all trust\nhost all all all scram-sha-256\n");
    execute("SELECT pg_reload_conf()");
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @AfterEach
  void forgetTables() throws SQLException {
    execute("DROP TABLE IF EXISTS iceberg_tables, iceberg_namespace_properties");
  }

  @Override
  protected CatalogProvider provider() {
    return Providers.of("jdbc");
  }

  @Override
  protected JsonNode settings() {
    return settings(server.getPort());
  }

  private static ObjectNode settings(int port) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uri", "postgresql://ada:%s@localhost:%d/postgres".formatted(SECRET, port))
        .put("warehouse", "warehouse");
  }

  private FirnException refusal(ObjectNode settings) {
    settings.put("type", "jdbc");
    FirnException refusal =
        catchThrowableOfType(
            FirnException.class,
            () ->
                new IcebergDestinationProvider()
                    .open(new DestinationConfig("lake", settings, project))
                    .close());
    assertThat(refusal).as("it was opened").isNotNull();
    for (Throwable each = refusal; each != null; each = each.getCause()) {
      assertThat(String.valueOf(each.getMessage())).doesNotContain(SECRET);
    }
    assertThat(refusal.hint()).contains("catalogs.lake");
    return refusal;
  }

  @Test
  void wrongPasswordIsAMistakeInTheConfiguration() {
    FirnException refusal = refusal(settings(server.getPort()).put("password", "wrong-secret"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal)
        .hasMessageStartingWith(
            "Cannot open catalog 'lake': the database does not accept the credentials")
        .hasMessageNotContaining("wrong-secret");
  }

  @Test
  void missingDatabaseIsAMistakeInTheConfiguration() {
    String uri = "postgresql://ada@localhost:%d/nowhere".formatted(server.getPort());

    FirnException refusal =
        refusal(settings(server.getPort()).put("uri", uri).put("password", SECRET));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("database \"nowhere\" does not exist");
  }

  @Test
  void userWhoMayNotMakeTablesIsAMistakeInTheConfiguration() throws SQLException {
    forgetTables();

    FirnException refusal =
        refusal(
            settings(server.getPort())
                .put(
                    "uri",
                    "jdbc:postgresql://localhost:%d/postgres?user=bob&password=%s"
                        .formatted(server.getPort(), SECRET)));

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(refusal).hasMessageContaining("permission denied for schema public");
  }

  @Test
  void closedPortIsNamedWithoutThePassword() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    FirnException refusal = refusal(settings(port));

    assertThat(refusal.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(refusal)
        .hasMessage(
            "Cannot open catalog 'lake': nothing answers at jdbc:postgresql://localhost:%d/postgres."
                .formatted(port));
  }

  @Test
  void thePagesBlockIsUnderstood() throws Exception {
    String block = CatalogsPage.read().block("jdbc:postgresql:");

    assertThat(CatalogsPage.pipeline(block, project).destination().settings().path("user").asText())
        .isEqualTo("id:secret");
  }
}
