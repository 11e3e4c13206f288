package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.error.FirnException;
import dev.firn.iceberg.testkit.CatalogsPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of {@code docs/catalogs.md}, as the command without plugins reads them. */
class CatalogsPageTest {
  /** What stands in a block whose jars the command does not carry, and what is said of it. */
  private static final Map<String, String> BY_PLUGIN =
      Map.of(
          "type: hive", "firn-catalog-hive",
          "type: s3", "firn-storage-s3",
          "jdbc:postgresql:", "org.postgresql:postgresql",
          "class: com.example.MyCatalog", "there is no class com.example.MyCatalog",
          "type: json-file", "No catalog type 'json-file'");

  @TempDir Path folder;

  @Test
  void everyBlockIsUnderstoodOrNamesTheJarsThatItNeeds() throws IOException {
    List<String> blocks = CatalogsPage.read().blocks();

    for (String block : blocks) {
      FirnException refusal =
          catchThrowableOfType(FirnException.class, () -> CatalogsPage.pipeline(block, folder));
      List<String> needed =
          BY_PLUGIN.keySet().stream().filter(block::contains).map(BY_PLUGIN::get).toList();
      if (needed.isEmpty()) {
        assertThat(refusal).as(block).isNull();
      } else {
        assertThat(refusal.getMessage() + refusal.hint()).as(block).contains(needed);
      }
    }
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(12);
  }
}
