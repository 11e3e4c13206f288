package dev.firn.iceberg.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.testkit.CatalogSuite;
import dev.firn.iceberg.testkit.CatalogsPage;
import dev.firn.iceberg.testkit.Providers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All suites on tables that lie in S3, with the embedded catalog. */
class S3WarehouseTest extends CatalogSuite {
  private static @Nullable S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws Exception {
    server().close();
  }

  private static S3Server server() {
    return Objects.requireNonNull(server);
  }

  @Override
  protected CatalogProvider provider() {
    return Providers.of("jdbc");
  }

  @Override
  protected JsonNode settings() {
    return new ObjectMapper()
        .valueToTree(Map.of("warehouse", "s3://" + folder(), "storage", server().storage()));
  }

  // Each test has its folder in the bucket of all.
  private String folder() {
    return S3Server.BUCKET + "/" + project.getFileName();
  }

  @Override
  protected boolean holds(String name) {
    return super.holds(name) && !name.matches(".*[?#].*");
  }

  @Override
  protected List<Path> dataFiles() {
    return server().objects().stream()
        .filter(name -> name.startsWith(project.getFileName().toString()))
        .filter(name -> name.endsWith(".parquet"))
        .map(Path::of)
        .toList();
  }

  @Test
  void thePagesBlockIsUnderstood() throws Exception {
    String block = CatalogsPage.read().block("type: s3");

    assertThat(
            CatalogsPage.pipeline(block, project)
                .destination()
                .settings()
                .path("warehouse")
                .asText())
        .startsWith("s3://");
  }
}
