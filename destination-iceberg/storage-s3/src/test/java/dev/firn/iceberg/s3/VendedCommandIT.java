package dev.firn.iceberg.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.iceberg.testkit.StrictTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a strict catalog: what it prints and what it leaves behind tells no secret. */
@SuppressWarnings("NullAway.Init") // set before each test
class VendedCommandIT {
  private static final String WRONG_TOKEN = "a-token-of-somebody-else";

  @TempDir private Path project;
  @TempDir private Path behind;
  private StrictLake lake;

  @BeforeEach
  void start() throws Exception {
    lake = StrictLake.start(behind);
    String settings = new ObjectMapper().writeValueAsString(lake.dremio("${env:DREMIO_PAT}"));
    Files.writeString(project.resolve("orders.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    Files.writeString(
        project.resolve("pipeline.yaml"),
        """
        pipeline: shop
        catalogs: {lake: %s}
        destination: {catalog: lake}
        sources:
          files: {type: files, resources: {orders: {path: orders.jsonl}}}
        """
            .formatted(settings));
  }

  @AfterEach
  void stop() throws Exception {
    lake.close();
  }

  private record Run(int exitCode, String text) {}

  private Run firn(String token, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.firn.cli.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("DREMIO_PAT", token);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }

  /** All secrets of the servers, and the ids of keys, which are on their way only. */
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(lake.keys().secrets());
    secrets.addAll(lake.keys().ids());
    secrets.addAll(lake.tokens().bearers());
    secrets.addAll(List.of(StrictTokens.PAT, S3Server.KEY, S3Server.SECRET));
    return secrets;
  }

  private String allFiles() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void runConfigurationAndReportHoldNeitherTokensNorKeys() throws Exception {
    Run run = firn(StrictTokens.PAT, "run", "-vv");
    Run config = firn(StrictTokens.PAT, "show-config", "-vv");
    Run doctor = firn(StrictTokens.PAT, "doctor", "--catalog", "lake", "--output", "json", "-vv");

    assertThat(run.exitCode()).as(run.text()).isZero();
    assertThat(config.exitCode()).as(config.text()).isZero();
    assertThat(doctor.exitCode()).as(doctor.text()).isZero();
    assertThat(lake.keys().secrets()).isNotEmpty();
    assertThat(run.text() + config.text() + doctor.text() + allFiles())
        .contains("orders", "dremio")
        .doesNotContain(secrets().toArray(String[]::new));
  }

  @Test
  void refusedTokenIsNotRepeated() throws Exception {
    Run run = firn(WRONG_TOKEN, "run", "-vv");

    assertThat(run.exitCode()).as(run.text()).isEqualTo(2);
    assertThat(run.text()).contains("does not accept the credentials").doesNotContain(WRONG_TOKEN);
    assertThat(allFiles()).doesNotContain(WRONG_TOKEN);
  }
}
