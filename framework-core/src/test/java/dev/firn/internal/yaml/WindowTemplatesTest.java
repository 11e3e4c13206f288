package dev.firn.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Evolution;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a window fills in, and that nothing else fills it in before. */
class WindowTemplatesTest {
  private static final Instant NOW = Instant.parse("2024-11-01T12:00:00Z");
  private static final PartitionWindow DAY =
      new PartitionWindow(
          "2024-10-15",
          Instant.parse("2024-10-14T22:00:00Z"),
          Instant.parse("2024-10-15T22:00:00Z"));

  private static ResourceSpec resource(String path) {
    ObjectNode options = JsonNodeFactory.instance.objectNode().put("path", path);
    return ResourceSpec.named("entries").withOptions(options);
  }

  private static String filled(String path) {
    ResourceSpec daily =
        resource(path)
            .withPartitions(PartitionsSpec.parse("day", "2024-01-01", "Europe/Berlin", ""));
    ResourceSpec untouched =
        RunTemplates.fill(pipeline(daily), "RUN", NOW).sources().get(0).resources().get(0);
    assertThat(untouched).isEqualTo(daily);
    return RunTemplates.fill(untouched, DAY, "RUN", NOW).options().path("path").asText();
  }

  private static PipelineSpec pipeline(ResourceSpec resource) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new PipelineSpec(
        "p",
        Path.of(""),
        List.of(new SourceSpec("s", "files", nothing, List.of(resource))),
        new DestinationSpec("iceberg", "lake", nothing, Optional.empty()),
        Evolution.DEFAULT,
        Limits.DEFAULT);
  }

  @Test
  void aWindowsTimesAreWrittenInItsTimeZone() {
    assertThat(filled("in/${partition.key}.jsonl")).isEqualTo("in/2024-10-15.jsonl");
    assertThat(filled("${partition.start | date}..${partition.end | date}"))
        .isEqualTo("2024-10-15..2024-10-16");
    assertThat(filled("${partition.start | format:yyyy/MM/dd HH}")).isEqualTo("2024/10/15 00");
  }

  @Test
  void instantsAreThoseOfTheWindow() {
    assertThat(filled("${partition.start}|${partition.end | iso}"))
        .isEqualTo("2024-10-14T22:00:00Z|2024-10-15T22:00:00Z");
    assertThat(filled("${partition.start | epoch-ms}")).isEqualTo("1728943200000");
  }

  @Test
  void whatTheRunKnowsIsFilledInWithIt() {
    assertThat(filled("${run.id} ${run.ds} $${partition.key}"))
        .isEqualTo("RUN 2024-11-01 ${partition.key}");
  }

  @Test
  void aResourceWithoutPartitionsHasNoWindow() {
    assertThatThrownBy(() -> RunTemplates.fill(pipeline(resource("${partition.key}")), "RUN", NOW))
        .hasMessageContaining("stands in a resource without partitions");
  }

  @Test
  void aKeyHasNoOtherForm() {
    assertThatThrownBy(() -> RunTemplates.check("partition.key | date"))
        .hasMessageContaining("'date' is no form for ${partition.key}");
  }
}
