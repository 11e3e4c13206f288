package dev.firn.iceberg.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.iceberg.testkit.NodeTool.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The folder in which the pinned outside readers are installed, once per module and lock file. */
final class ReaderHome {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "read-table.mjs");
  private static final Pattern REGISTRY_OUT_OF_REACH =
      Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

  private ReaderHome() {}

  /** The folder, filled; otherwise the calling test is skipped and says why. */
  static synchronized Path installed() {
    assumeFound("node");
    Path home = Path.of("target", "outside-readers").toAbsolutePath();
    try {
      boolean otherLock = copyInto(home);
      // npm writes this file last
      if (otherLock || !Files.exists(home.resolve("node_modules/.package-lock.json"))) {
        install(home);
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the files over; true when the lock file was another one or none. */
  private static boolean copyInto(Path home) throws IOException {
    Files.createDirectories(home);
    Path lock = home.resolve("package-lock.json");
    byte[] before = Files.exists(lock) ? Files.readAllBytes(lock) : new byte[0];
    for (String name : FILES) {
      try (InputStream in = ReaderHome.class.getResourceAsStream("readers/" + name)) {
        Files.copy(
            Objects.requireNonNull(in, name),
            home.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return !Arrays.equals(before, Files.readAllBytes(lock));
  }

  private static void assumeFound(String command) {
    assumeTrue(
        NodeTool.exists(command), () -> command + " is not found (Debian: apt install nodejs npm)");
  }

  private static void install(Path home) {
    assumeFound("npm");
    Answer answer =
        NodeTool.run(
            home, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    if (answer.exitCode() == 0) {
      return;
    }
    assumeTrue(
        !REGISTRY_OUT_OF_REACH.matcher(answer.errors()).find(),
        "npm cannot reach its registry to fetch icebird");
    throw new AssertionError("npm ci failed:\n" + answer.errors());
  }
}
