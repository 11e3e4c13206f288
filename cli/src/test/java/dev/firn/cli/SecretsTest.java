package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a command prints, in either form, holds no secret. */
class SecretsTest {
  private static final String SECRET = "s3cr3t, \"quoted\"";

  @TempDir Path folder;

  @BeforeEach
  void aPipelineWithASecretInItsRows() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"id\":1,\"tokens\":7,\"price\":0.10}\n");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: p
        vars: {key: "${secret:key}"}
        sources:
          s:
            type: files
            resources: {r: {path: a.jsonl, add-columns: {url: "x ${var:key} y"}}}
        """);
    assertThat(firn("run").exitCode()).isZero();
  }

  private CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, Map.of("FIRN_SECRET_KEY", SECRET), Engine.LIBRARY, words);
  }

  @ParameterizedTest
  @CsvSource({"run", "compile", "show-config", "validate", "plan", "state show", "table show r"})
  void noFormHoldsIt(String command) {
    for (String form : new String[] {"text", "json"}) {
      String words = command + " -vv --output " + form;

      CommandLineRun run = firn(words.split(" "));

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out() + run.err()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void aMaskedRowIsStillJsonWithItsNumbers() {
    var row = firn("table", "show", "r", "--output", "json").document().at("/sample/0");

    assertThat(row.path("url").asText()).isEqualTo("x *** y");
    assertThat(row.path("tokens").asInt()).isEqualTo(7);
    assertThat(row.path("price").asDouble()).isEqualTo(0.1);
  }
}
