package dev.firn.iceberg.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUriTest {
  private static CatalogConfig config(String uri) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("uri", uri);
    return new CatalogConfig("lake", settings, Path.of("/project"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:p%40ss@db:5432/lake?ssl=true",
        "postgresql://ada:p@ss@db:5432/lake?ssl=true",
        "postgres://ada:p%40ss@db:5432/lake?ssl=true",
        "jdbc:postgresql://ada:p%40ss@db:5432/lake?ssl=true",
        "jdbc:postgresql://db:5432/lake?user=ada&ssl=true&password=p%40ss",
        "jdbc:postgresql://db:5432/lake?password=p%40ss&ssl=true&user=ada"
      })
  void whoAsksIsTakenOutOfTheAddress(String uri) {
    JdbcUri read = JdbcUri.of(config(uri));

    assertThat(read)
        .isEqualTo(
            new JdbcUri(
                "jdbc:postgresql://db:5432/lake?ssl=true",
                Optional.of("ada"),
                Optional.of("p@ss")));
    assertThat(new JdbcCatalogProvider().identity(config(uri)))
        .isEqualTo("jdbc:postgresql://db:5432/lake?ssl=true file:///project/.firn/warehouse");
  }

  @Test
  void aPasswordThatIsNotEncodedIsTakenOutWhole() {
    JdbcUri read = JdbcUri.of(config("postgresql://ada:p/a:s@s@db/lake"));

    assertThat(read.url()).isEqualTo("jdbc:postgresql://db/lake");
    assertThat(read.password()).contains("p/a:s@s");
  }

  @Test
  void keysOfTheSectionComeFirst() {
    CatalogConfig config = config("postgresql://ada:old@db/lake");
    ((ObjectNode) config.settings()).put("user", "bob").put("password", "new");

    assertThat(JdbcUri.of(config))
        .isEqualTo(
            new JdbcUri("jdbc:postgresql://db/lake", Optional.of("bob"), Optional.of("new")));
  }

  @Test
  void fileOfSqliteStartsAtTheProject() {
    assertThat(JdbcUri.of(config("jdbc:sqlite:a/b.db")).url())
        .isEqualTo("jdbc:sqlite:/project/a/b.db");
    assertThat(JdbcUri.of(config("jdbc:sqlite::memory:")).url()).isEqualTo("jdbc:sqlite::memory:");
  }

  @Test
  void missingDriverIsNamedByItsJar() {
    CatalogConfig config = config("jdbc:mysql://ada:secret@db/lake");

    assertThatThrownBy(() -> new JdbcCatalogProvider().check(config))
        .isInstanceOf(FirnException.class)
        .hasMessage(
            "Catalog 'lake': no JDBC driver understands a uri that begins with 'jdbc:mysql:'.")
        .satisfies(
            refusal -> {
              assertThat(((FirnException) refusal).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(((FirnException) refusal).hint())
                  .contains("com.mysql:mysql-connector-j", "plugins/");
            });
  }

  @Test
  void unknownKeyIsRefused() {
    CatalogConfig config = config("jdbc:sqlite:a.db");
    ((ObjectNode) config.settings()).put("pasword", "x");

    assertThatThrownBy(() -> new JdbcCatalogProvider().check(config))
        .hasMessage("Catalog 'lake' has no key 'pasword'.");
  }

  @Test
  void textOfOneHoldsNoSecret() {
    assertThat(JdbcUri.of(config("postgresql://ada:open-sesame@db/lake")).toString())
        .doesNotContain("open-sesame")
        .contains("db/lake");
  }
}
