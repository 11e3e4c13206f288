package dev.firn.iceberg.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.CapabilityTable;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.testkit.CatalogsPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on catalogs says of them. It lives here because here all of them are installed. */
class CapabilityPageTest {
  @Test
  void thePageHasTheTableOfTheInstalledCatalogs() throws IOException {
    List<CatalogProvider> installed =
        ServiceLoader.load(CatalogProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    String table = CapabilityTable.markdown(installed);

    assertThat(installed)
        .extracting(CatalogProvider::type)
        .contains("dremio", "hive", "jdbc", "nessie", "polaris", "rest");
    assertThat(CatalogsPage.read().text())
        .as("put this table into docs/catalogs.md:\n%s", table)
        .contains("\n" + table);
  }

  @Test
  void thePagesBlockIsUnderstood(@TempDir Path folder) throws IOException {
    String block = CatalogsPage.read().block("type: hive");

    assertThat(CatalogsPage.pipeline(block, folder).destination().settings().path("type").asText())
        .isEqualTo("hive");
  }
}
