package dev.firn.iceberg.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCatalogTest {
  @TempDir Path project;

  private CatalogConfig config(String json) throws Exception {
    return new CatalogConfig("lake", new ObjectMapper().readTree(json), project);
  }

  @Test
  void withoutSettingsTheCatalogIsAFileOfTheProject() throws Exception {
    try (OpenCatalog opened = OpenCatalog.of(config("{}"))) {
      assertThat(project.resolve(".firn/catalog.db")).exists();
      assertThat(opened.identity())
          .isEqualTo(
              "jdbc:sqlite:%s/.firn/catalog.db file://%s/.firn/warehouse"
                  .formatted(project, project));
    }
  }

  @Test
  void relativePathsStartAtTheProject() throws Exception {
    try (OpenCatalog opened =
        OpenCatalog.of(
            config("{'uri': 'jdbc:sqlite:my/lake.db', 'warehouse': 'w'}".replace('\'', '"')))) {
      assertThat(project.resolve("my/lake.db")).exists();
      assertThat(opened.identity()).endsWith("file://" + project + "/w");
    }
  }

  @Test
  void anyIcebergCatalogCanBeNamedByItsClass() throws Exception {
    String json = "{\"class\": \"%s\"}".formatted(InMemoryCatalog.class.getName());

    try (OpenCatalog opened = OpenCatalog.of(config(json))) {
      assertThat(opened.catalog()).isInstanceOf(InMemoryCatalog.class);
    }
  }

  @Test
  void unknownTypeListsTheInstalledOnes() {
    assertThatThrownBy(() -> OpenCatalog.of(config("{\"type\": \"ress\"}")))
        .isInstanceOf(FirnException.class)
        .hasMessageStartingWith("No catalog type 'ress'. Installed: ")
        .hasMessageContaining("jdbc")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.UNKNOWN_TYPE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hive     | Put the jars of firn-catalog-hive into plugins/ beside pipeline.yaml",
        "glue     | Write class: org.apache.iceberg.aws.glue.GlueCatalog instead of type",
        "nesie    | Did you mean 'nessie'? Or put its jar into plugins/",
        "my-own   | Put its jar into plugins/, or correct catalogs.lake.type"
      })
  void typeThatIsNotInstalledIsToldWithWhatItNeeds(String type, String hint) throws Exception {
    CatalogConfig config = config("{\"type\": \"%s\"}".formatted(type));

    FirnException refusal =
        catchThrowableOfType(FirnException.class, () -> OpenCatalog.check(config));

    assertThat(refusal.hint()).startsWith(hint).contains("docs/catalogs.md");
    assertThat(refusal.code().exitCode()).isEqualTo(2);
  }

  @Test
  void lockedFileIsToldAsSuch() throws Exception {
    Files.createDirectories(project.resolve(".firn"));
    String uri = "jdbc:sqlite:" + project.resolve(".firn/catalog.db");
    try (Connection other = DriverManager.getConnection(uri)) {
      other.createStatement().execute("BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> OpenCatalog.of(config("{\"jdbc.busy_timeout\": \"20\"}")))
          .isInstanceOf(FirnException.class)
          .extracting(e -> ((FirnException) e).code())
          .isEqualTo(ErrorCode.CATALOG_LOCKED);
    }
  }
}
