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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schema of {@code pipeline.yaml}: it is what the code says, and fits what we show.
 */
class PipelineSchemaTest {
  private static final Pattern EXAMPLE = Pattern.compile("^(?!.*/target/).*\\.(yaml|md)$");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");
  private static final Pattern A_PIPELINE = Pattern.compile("(?m)^pipeline:");
  private static final Pattern A_CONTRACT = Pattern.compile("(?m)\\A(#.*\\n)*contract:");

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

  /** Files and pieces of pages that begin as a pipeline or as a contract does. */
  static Stream<Arguments> examples() throws IOException {
    List<Arguments> found = new ArrayList<>();
    for (String folder : List.of("examples", "docs")) {
      try (Stream<Path> files = Files.walk(ExampleFolder.root().resolve(folder))) {
        for (Path file : files.filter(each -> EXAMPLE.matcher(each.toString()).find()).toList()) {
          String text = Files.readString(file);
          boolean page = file.toString().endsWith(".md");
          List<String> pieces = page ? pieces(text) : List.of(text);
          pieces.forEach(piece -> found.add(Arguments.of(file.getFileName().toString(), piece)));
        }
      }
    }
    return found.stream();
  }

  private static List<String> pieces(String page) {
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSchemasAcceptEveryExample(String name, String yaml) {
    if (A_PIPELINE.matcher(yaml).find()) {
      assertThat(problems(yaml)).as(name).isEmpty();
    } else if (A_CONTRACT.matcher(yaml).find()) {
      assertThat(contractProblems(yaml)).as(name).isEmpty();
    }
  }

  @Test
  void thereAreExamplesOfBoth() throws IOException {
    List<String> all = examples().map(each -> (String) each.get()[1]).toList();

    assertThat(all).filteredOn(A_PIPELINE.asPredicate()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(all).filteredOn(A_CONTRACT.asPredicate()).hasSizeGreaterThanOrEqualTo(3);
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
