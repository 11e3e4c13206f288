package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Contract;
import dev.firn.contract.Max;
import dev.firn.contract.Min;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Required;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firn contract} tells of contracts in their three spellings. */
class ContractCommandTest {
  private static final String YAML =
      """
      contract: reading
      on-violation: warn
      columns:
        sensor:  { type: string, required: true }
        celsius: { type: double, min: -90, max: 60 }
      """;

  @Contract(onViolation = OnViolation.WARN)
  record Reading(@Required String sensor, @Min(-90) @Max(60) Double celsius) {}

  @TempDir Path folder;

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void allSpellingsCompileToTheSameSchema() throws IOException {
    write("c.yaml", YAML);
    String compiled = firn("contract", "compile", "c.yaml").out();
    write("c.json", compiled);

    assertThat(firn("contract", "compile", "c.json").out()).isEqualTo(compiled);
    assertThat(firn("contract", "compile", Reading.class.getName()).out()).isEqualTo(compiled);
    assertThat(firn("contract", "diff", "c.yaml", Reading.class.getName()).out())
        .isEqualTo("No changes.\n");
    assertThat(compiled).contains("\"minimum\" : -90", "2020-12");
  }

  @Test
  void checkCountsWhatIsThereOrTellsEveryMistakeWithItsPlace() throws IOException {
    write("c.yaml", YAML);
    write("bad.yaml", YAML.replace("max: 60", "max: -91").replace("required", "requierd"));
    write("bad.json", "{\"properties\": {\"a\": {\"minimun\": 3}}}");

    assertThat(firn("contract", "check", "c.yaml").out())
        .isEqualTo("OK  reading v1: 2 columns, 3 rules\n");
    CommandLineRun bad = firn("contract", "check", "bad.yaml");
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err())
        .contains("bad.yaml:4:28: Unknown key 'requierd'", "Did you mean 'required'?")
        .contains("bad.yaml:5:43: No value of column 'celsius' can keep both min -90 and max -91");
    assertThat(firn("contract", "check", "bad.json").err())
        .contains("bad.json:1:23: Unknown keyword 'minimun'", "Did you mean 'minimum'?");
    assertThat(firn("contract", "check", "no.yaml").line("error")).contains("cannot be read");
    assertThat(firn("contract", "check", "com.acme.No").line("error"))
        .contains("There is no file and no class com.acme.No");
  }

  @Test
  void anUnknownValidatorIsAMistake() throws IOException {
    write("c.yaml", YAML + "validators: [{type: soda}]\n");

    CommandLineRun run = firn("contract", "check", "c.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("No validator type 'soda'", "Installed: ");
  }

  @Test
  void aBreakingChangeEndsWithThree() throws IOException {
    write("old.yaml", YAML);
    write("wider.yaml", YAML.replace("max: 60", "max: 70"));
    write("narrower.yaml", YAML.replace("max: 60", "max: 50"));

    CommandLineRun wider = firn("contract", "diff", "old.yaml", "wider.yaml");
    CommandLineRun narrower = firn("contract", "diff", "old.yaml", "narrower.yaml");

    assertThat(wider.exitCode()).isZero();
    assertThat(wider.out()).isEqualTo("          celsius: max 70 was max 60\n");
    assertThat(narrower.exitCode()).isEqualTo(3);
    assertThat(narrower.out()).isEqualTo("BREAKING  celsius: max 50 was max 60\n");
    JsonNode document =
        firn("contract", "diff", "old.yaml", "narrower.yaml", "--output", "json").document();
    assertThat(document.path("breaking").asBoolean()).isTrue();
    assertThat(document.at("/changes/0/change").asText()).isEqualTo("celsius: max 50 was max 60");
  }

  @Test
  void aContractIsInferredFromAFileAndFromTheTableThatItFills() throws IOException {
    write("readings.jsonl", "{\"at\":\"2026-01-01T00:00:00Z\",\"n\":1,\"at home\":{\"x\":1.5}}\n");

    CommandLineRun file = firn("contract", "infer", "readings.jsonl");
    firn("load", "readings.jsonl", "raw.readings", "--primary-key", "n");
    CommandLineRun table = firn("contract", "infer", "--table", "raw.readings");

    assertThat(file.exitCode()).as(file.err()).isZero();
    assertThat(file.out())
        .contains("contract: readings", "on-violation: warn", "at_home__x:\n    type: double")
        .contains("at:\n    type: timestamp");
    assertThat(table.out()).contains("n:\n    type: long\n    required: true");
    write("c.yaml", table.out());
    assertThat(firn("contract", "check", "c.yaml").out()).startsWith("OK  readings v1: 3 columns");
    assertThat(firn("contract", "infer").line("error")).contains("from a file or from a table");
  }

  @Test
  void aContractIsExportedForAvro() throws IOException {
    write("c.yaml", YAML);

    JsonNode avro = firn("contract", "export", "avro", "c.yaml", "--output", "json").document();

    assertThat(avro.toString())
        .isEqualTo(
            "{\"type\":\"record\",\"name\":\"reading\",\"fields\":["
                + "{\"name\":\"sensor\",\"type\":{\"type\":\"string\"}},"
                + "{\"name\":\"celsius\",\"type\":[\"null\",{\"type\":\"double\"}],\"default\":null}]}");
    assertThat(firn("contract", "export", "yaml", "c.yaml").out()).contains("min: \"-90\"");
    assertThat(firn("contract", "export", "xml", "c.yaml").exitCode()).isEqualTo(2);
  }

  @Test
  void aPipelineNamesAJsonSchema() throws IOException {
    firn("init", "files");
    write("c.yaml", YAML.replace("max: 60", "max: 1"));
    write("c.json", firn("contract", "compile", "c.yaml").out());
    String resource = "sources.drops.resources.readings.contract=c.json";

    CommandLineRun run = firn("run", "--output", "json", "--set", resource);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.document().at("/resources/0/warnings").toString()).contains("celsius max 1");
  }

  @Test
  void whatColumnsCannotSayIsJudgedRecordByRecord() throws IOException {
    firn("init", "files");
    write(
        "c.json",
        """
        {"properties": {"sensor": {"type": "string"}, "tags": {"items": {"enum": ["roof"]}}},
         "x-firn": {"on-violation": "drop-row"}}
        """);
    String resource = "sources.drops.resources.readings.contract=c.json";

    CommandLineRun run = firn("run", "--output", "json", "--set", resource);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = run.document().at("/resources/0");
    assertThat(report.at("/filtered/discarded").asInt()).isEqualTo(1);
    assertThat(report.path("warnings").toString())
        .contains("1 x tags[] enum")
        .contains("readings.jsonl:1: tags[] is \\\"north\\\", expected enum");
  }

  @Test
  void aSchemaThatCannotBeUsedIsAMistakeOfThePipeline() throws IOException {
    firn("init", "files");
    write("c.json", "{\"properties\": {}, \"allOf\": [{\"$ref\": \"#\"}]}");
    String resource = "sources.drops.resources.readings.contract=c.json";

    CommandLineRun run = firn("validate", "--set", resource);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("refers to itself without end");
  }
}
