package dev.firn.examples.luhn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.destination.Destination;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.Settings;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuhnTest {
  @TempDir Path folder;

  @BeforeEach
  void copyProject() throws IOException {
    for (String file : List.of("pipeline.yaml", "contracts/cards.yaml", "data/cards.jsonl")) {
      Path copy = folder.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(file), copy);
    }
  }

  private PipelineSpec spec() {
    Settings settings =
        new Settings(Optional.empty(), Optional.empty(), List.of(), Map.of(), Optional.empty());
    return PipelineFile.read(folder.resolve("pipeline.yaml"), settings).spec();
  }

  @Test
  void aRowWithAWrongCheckDigitIsLeftOutAndTold() {
    PipelineSpec spec = spec();

    RunReport report = Pipelines.run(spec, RunOptions.DEFAULT).throwIfFailed();

    assertThat(report.resources().get(0).counts().discarded()).isEqualTo(1);
    assertThat(report.resources().get(0).warnings())
        .contains("contract cards v1: 3 rows checked, 1 violation in 1 of them.")
        .contains("1 x card check digit")
        .anyMatch(
            line ->
                line.endsWith("cards.jsonl:2: card is \"4539578763621487\", expected check digit"));
    try (Destination lake = Pipelines.openDestination(spec)) {
      assertThat(lake.metadata().sample(TableName.parse("raw.cards"), 10))
          .hasSize(2)
          .noneMatch(row -> row.contains("4539578763621487"));
    }
  }

  @Test
  void aValidatorWithoutItsColumnIsAMistakeOfTheContract() throws IOException {
    Path contract = folder.resolve("contracts/cards.yaml");
    Files.writeString(contract, Files.readString(contract).replace(", column: card", ""));

    assertThatThrownBy(this::spec)
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("pipeline.yaml:")
        .hasMessageContaining("luhn needs a column");
    assertThatThrownBy(() -> new LuhnProvider().open(JsonNodeFactory.instance.objectNode()))
        .hasMessageContaining("needs a column");
  }
}
