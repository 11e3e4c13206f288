package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  private void write(String catalogs) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        version: 1
        pipeline: shop
        sources: { drops: { type: files, resources: { orders: { path: orders.csv } } } }
        destination: { catalog: lake }
        catalogs:
        """
            + catalogs.indent(2));
  }

  @Test
  void catalogThatIsWellIsShownStepByStepWithWhatItCanDo() {
    CommandLineRun doctor = CommandLineRun.in(folder, "doctor");

    assertThat(doctor.exitCode()).as(doctor.err()).isZero();
    assertThat(doctor.out())
        .startsWith("catalog local\n")
        .containsPattern("  ok +configuration +\\d+\\.\\d\\d s  jdbc:sqlite:")
        .containsPattern("  skipped +connection +no server is named")
        .containsPattern("  ok +storage +\\d+\\.\\d\\d s  one byte to ")
        .containsPattern("  ok +commit +\\d+\\.\\d\\d s  1 row is there")
        .containsPattern("  ok +clean-up ")
        .containsPattern("several tables in one commit +no\n")
        .containsPattern("format version 3 +yes\n");
    assertThat(CommandLineRun.in(folder, "table", "list").out()).isEqualTo("No tables yet.\n");
  }

  @Test
  void namedCatalogIsExaminedInPlaceOfThePipelinesOwn() throws Exception {
    write(
        """
        lake: { type: rest, uri: "http://no.such.host.invalid", token: a-secret-token }
        local: { type: jdbc }
        """);

    CommandLineRun local = CommandLineRun.in(folder, "doctor", "--catalog", "local");
    CommandLineRun lake = CommandLineRun.in(folder, "doctor");
    CommandLineRun unknown = CommandLineRun.in(folder, "doctor", "--catalog", "lakes");

    assertThat(local.exitCode()).as(local.err()).isZero();
    assertThat(lake.exitCode()).isEqualTo(5);
    assertThat(lake.line("error")).endsWith("The host no.such.host.invalid is not known.");
    assertThat(lake.line("hint")).contains("catalogs.lake");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.line("hint")).contains("lake");
  }

  @Test
  void failureIsOneJsonDocumentWithoutSecrets() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    write(
        "lake: { type: polaris, uri: \"http://127.0.0.1:%d\", warehouse: w, credential: \"me:a-secret\" }"
            .formatted(port));

    CommandLineRun doctor = CommandLineRun.in(folder, "doctor", "--output", "json");

    assertThat(doctor.exitCode()).isEqualTo(5);
    JsonNode document = doctor.document();
    assertThat(document.path("catalog").asText()).isEqualTo("lake");
    assertThat(document.path("healthy").asBoolean(true)).isFalse();
    assertThat(document.path("exitCode").asInt()).isEqualTo(5);
    assertThat(document.path("error").path("type").asText()).isEqualTo("DESTINATION_UNAVAILABLE");
    JsonNode failed = document.path("steps").path(2);
    assertThat(failed.path("name").asText()).isEqualTo("connection");
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("sent").asText()).isEqualTo("a TCP connection to 127.0.0.1:" + port);
    assertThat(failed.path("error").path("hint").asText()).contains("catalogs.lake");
    assertThat(document.path("steps").path(4).path("told").asText()).isEqualTo("connection failed");
    assertThat(document.path("capabilities").size()).isPositive();
    assertThat(doctor.out() + doctor.err()).doesNotContain("a-secret");
  }
}
