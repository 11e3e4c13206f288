package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firn.contract.ContractFile;
import dev.firn.pipeline.PipelineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schema of {@code pipeline.yaml}: it is what the code says, and fits what we show.
 */
class PipelineSchemaTest {
  @TempDir Path folder;

  @Test
  void thePublishedSchemaIsTheOneThatTheCodeMakes() throws IOException {
    String made = PipelineFile.schema(folder).toPrettyString() + "\n";
    Path copy = Files.writeString(Path.of("target/pipeline.schema.json"), made);

    try (InputStream published =
        PipelineFile.class.getResourceAsStream("/dev/firn/pipeline.schema.json")) {
      assertThat(published).isNotNull();
      assertThat(new ObjectMapper().readTree(published))
          .as("if the keys were meant to change, take %s", copy)
          .isEqualTo(new ObjectMapper().readTree(made));
    }
  }

  @Test
  void thePublishedSchemaOfContractsIsTheOneThatTheCodeMakes() throws IOException {
    String made = ContractFile.schema().toPrettyString() + "\n";
    Path copy = Files.writeString(Path.of("target/contract.schema.json"), made);

    try (InputStream published =
        PipelineFile.class.getResourceAsStream("/dev/firn/contract.schema.json")) {
      assertThat(published).isNotNull();
      assertThat(new ObjectMapper().readTree(published))
          .as("if the keys were meant to change, take %s", copy)
          .isEqualTo(new ObjectMapper().readTree(made));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validator/contracts/cards.yaml",
        "contract-tests/contracts/reading.yaml",
      })
  void thatOfContractsAcceptsEveryExample(String example) throws IOException {
    Path file = ExampleFolder.root().resolve("examples").resolve(example);

    assertThat(contractProblems(Files.readString(file))).isEmpty();
  }

  @Test
  void initWritesThatOfContractsBesideAContractThatNamesIt() throws IOException {
    CommandLineRun.in(folder, "init", "merge");

    String yaml = Files.readString(folder.resolve("contracts/orders.yaml"));
    assertThat(yaml).startsWith("# yaml-language-server: $schema=../.firn/contract.schema.json\n");
    assertThat(folder.resolve(".firn/contract.schema.json")).isNotEmptyFile();
    assertThat(contractProblems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "nightscout", "java-source", "validator"})
  void itAcceptsEveryExample(String example) throws IOException {
    Path file = ExampleFolder.root().resolve("examples").resolve(example).resolve("pipeline.yaml");

    assertThat(problems(Files.readString(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "merge", "java"})
  void initWritesItBesideAPipelineThatNamesItAndFits(String template) throws IOException {
    CommandLineRun.in(folder, "init", template);

    String yaml = Files.readString(folder.resolve("pipeline.yaml"));
    assertThat(yaml).startsWith("# yaml-language-server: $schema=.firn/pipeline.schema.json\n");
    assertThat(folder.resolve(".firn/pipeline.schema.json")).isNotEmptyFile();
    assertThat(problems(yaml)).isEmpty();
  }

  @Test
  void itRefusesKeysThatTheSourcesHereDoNotHave() {
    String before = "pipeline: p\nsources: {s: {type: files, resources: {r: {path: x, ";

    assertThat(problems(before + "on-error: abort}}}}")).isEmpty();
    assertThat(problems(before + "on-eror: abort}}}}")).isNotEmpty();
    assertThat(problems(before + "batch-rows: 3}}}}")).isNotEmpty();
    assertThat(problems("pipeline: p\nsources: {s: {type: filez, resources: [r]}}")).isNotEmpty();
  }

  private static List<String> contractProblems(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ContractFile.schema().toString());
    return schema.validate(yaml, InputFormat.YAML).stream().map(Error::toString).toList();
  }

  private List<String> problems(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PipelineFile.schema(folder).toString());
    return schema.validate(yaml, InputFormat.YAML).stream().map(Error::toString).toList();
  }
}
