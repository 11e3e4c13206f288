package dev.firn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {
  private static final String HUNDRED_MILLION_BYTES =
      "x=$(head -c 100000000 /dev/zero | tr '\\0' x)";

  @TempDir private Path folder;

  @Test
  void countsTheMemoryAndTimeOfADescendant() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "peak memory is read from /proc");
    // The inner shell does the work; the outer one only waits, as a launcher does.
    List<String> command = List.of("bash", "-c", "bash -c '" + quoted() + "'; true");

    Measurement measured = Meter.run(command, folder);

    assertThat(measured.peakMebibytes()).isBetween(95.0, 1000.0);
    assertThat(measured.cpuSeconds()).isGreaterThan(0.02);
    assertThat(measured.wallSeconds()).isGreaterThan(0.02);
  }

  @Test
  void saysWhatAFailedCommandPrinted() {
    List<String> command = List.of("bash", "-c", "echo first; echo the reason >&2; exit 3");

    assertThatThrownBy(() -> Meter.run(command, folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Exit 3 of bash")
        .hasMessageContaining("the reason");
  }

  private static String quoted() {
    return HUNDRED_MILLION_BYTES.replace("'", "'\\''");
  }
}
