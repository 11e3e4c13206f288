package dev.firn.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.destination.DestinationConfig;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of settings and ends in a log line does not tell them. */
class SettingsAsTextTest {
  private static final String SECRET = "open-sesame";
  private static final Path FOLDER = Path.of("project");
  private static final JsonNode SETTINGS =
      JsonNodeFactory.instance.objectNode().put("token", SECRET);

  static Stream<Object> holdersOfSettings() {
    DestinationSpec destination =
        new DestinationSpec("iceberg", "lake", SETTINGS, Optional.empty());
    SourceSpec source = new SourceSpec("shop", "java", SETTINGS, List.of());
    return Stream.of(
        new CatalogConfig("lake", SETTINGS, FOLDER),
        new StorageConfig("lake", SETTINGS),
        new DestinationConfig("lake", SETTINGS, FOLDER),
        destination,
        source,
        new PipelineSpec(
            "p", FOLDER, List.of(source), destination, Evolution.DEFAULT, Limits.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource
  void holdersOfSettings(Object holder) {
    assertThat(holder.toString()).doesNotContain(SECRET).isNotBlank();
  }
}
