package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on configuration has a row for every key of the schema, and no other. */
class ConfigurationPageTest {
  private static final Pattern HEADING =
      Pattern.compile("^\\| Key(?: of (?:an? )?(?:contract's )?`?([\\w-]+)`?)? \\|.*");
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]*)\\|.*");

  @TempDir Path folder;

  @Test
  void everyKeyHasItsRow() throws IOException {
    JsonNode schema = PipelineFile.schema(folder);
    JsonNode java = schema.at("/$defs/java-source/properties");
    JsonNode files = schema.at("/$defs/files-source/properties");
    JsonNode resource = java.at("/resources/anyOf/0/additionalProperties/properties");
    JsonNode incremental = resource.at("/incremental/anyOf/1/properties");
    JsonNode contract = resource.at("/contract/anyOf/1/properties");
    JsonNode column = contract.at("/columns/additionalProperties/anyOf/1/properties");

    assertThat(rows("")).isEqualTo(keys(schema.path("properties")));
    assertThat(rows("source")).isEqualTo(keys(java)).containsAll(keys(files));
    assertThat(rows("resource")).isEqualTo(keys(resource));
    assertThat(rows("incremental")).isEqualTo(keys(incremental));
    assertThat(rows("write-disposition"))
        .isEqualTo(keys(resource.at("/write-disposition/anyOf/1/properties")));
    assertThat(rows("partitions")).isEqualTo(keys(resource.at("/partitions/properties")));
    assertThat(rows("table-settings")).isEqualTo(keys(resource.at("/table-settings/properties")));
    assertThat(rows("quarantine")).isEqualTo(keys(resource.at("/quarantine/anyOf/1/properties")));
    assertThat(rows("contract")).isEqualTo(keys(contract));
    assertThat(rows("column")).isEqualTo(keys(column));
    assertThat(rows("evolution")).isEqualTo(keys(schema.at("/$defs/evolution/anyOf/1/properties")));
    assertThat(rows("destination"))
        .isEqualTo(keys(schema.at("/properties/destination/properties")));
    assertThat(rows("limits")).isEqualTo(keys(schema.at("/properties/limits/properties")));
  }

  @Test
  void theLimitsHaveTheirDefaults() throws IOException {
    Limits limits = Limits.DEFAULT;

    assertThat(page().get("limits"))
        .containsEntry("depth", "`" + limits.depth() + "`")
        .containsEntry("line-bytes", "`" + (limits.lineBytes() >> 20) + "MiB`")
        .containsEntry("string-bytes", "`" + limits.stringBytes() + "`")
        .containsEntry("columns", "`" + limits.columns() + "`")
        .containsEntry("tables", "`" + limits.tables() + "`");
  }

  private static Set<String> keys(JsonNode properties) {
    Set<String> keys = new TreeSet<>();
    properties.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static Set<String> rows(String section) throws IOException {
    return new TreeSet<>(page().getOrDefault(section, Map.of()).keySet());
  }

  /** The defaults by section and key, as they are written. */
  private static Map<String, Map<String, String>> page() throws IOException {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    String section = "none";
    for (String line : Files.readAllLines(ExampleFolder.root().resolve("docs/configuration.md"))) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        section = heading.group(1) == null ? "" : heading.group(1);
      } else if (row.matches()) {
        sections
            .computeIfAbsent(section, any -> new LinkedHashMap<>())
            .put(row.group(1), row.group(2).strip());
      }
    }
    return sections;
  }
}
