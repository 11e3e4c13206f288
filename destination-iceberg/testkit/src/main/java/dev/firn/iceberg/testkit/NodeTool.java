package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs {@code node} and {@code npm}. */
final class NodeTool {
  private static final long LIMIT_SECONDS = 120;

  /** What a finished command said on its two channels. */
  record Answer(int exitCode, String output, String errors) {}

  private NodeTool() {}

  /** Whether the command can be started at all. */
  static boolean exists(String command) {
    try {
      return new ProcessBuilder(command, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Runs a command in a directory and waits for its end.
   *
   * @throws AssertionError when it does not end within two minutes
   */
  static Answer run(Path directory, String... command) {
    try {
      Path output = Files.createTempFile("node", ".out");
      Path errors = Files.createTempFile("node", ".err");
      try {
        int exitCode = await(directory, command, output, errors);
        return new Answer(exitCode, Files.readString(output), Files.readString(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int await(Path directory, String[] command, Path output, Path errors)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new AssertionError(
          String.join(" ", command) + " did not end within " + LIMIT_SECONDS + " s");
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for a command", e);
  }
}
