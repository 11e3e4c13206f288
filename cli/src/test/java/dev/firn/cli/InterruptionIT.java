package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that is told to stop says what is kept, and the next one goes on. */
@Timeout(60)
class InterruptionIT {
  @TempDir Path folder;

  @Test
  void aLoadThatIsStoppedWhileItReadsSaysHowToGoOn() throws Exception {
    Process load = start("load", "-", "raw.t", "--format", "jsonl");
    OutputStream input = load.getOutputStream();
    input.write("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8));
    input.flush();
    awaitPackage();

    stop(load);

    assertThat(load.waitFor()).isEqualTo(143);
    assertThat(errors(load))
        .contains("interrupted: what was being read is in no table; the same command loads it.");
    Files.writeString(folder.resolve("a.jsonl"), "{\"a\":1}\n");
    assertThat(CommandLineRun.in(folder, "load", "a.jsonl", "raw.t").out())
        .contains("create raw.t: 1 inserted");
  }

  // Not by INT: what runs in the background of a shell ignores it, and so do all that it starts.
  private static void stop(Process process) throws Exception {
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
  }

  /** Waits until the load has begun to work in the project's folder. */
  private void awaitPackage() throws IOException {
    Path packages = folder.resolve(".firn/packages");
    while (true) {
      if (Files.isDirectory(packages)) {
        try (Stream<Path> loads = Files.list(packages)) {
          if (loads.findAny().isPresent()) {
            return;
          }
        }
      }
      Thread.onSpinWait();
    }
  }

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  private String errors(Process process) throws IOException {
    assertThat(process.isAlive()).isFalse();
    return Files.readString(folder.resolve("errors.txt"));
  }
}
