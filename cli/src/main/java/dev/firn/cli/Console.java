package dev.firn.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: its streams, variables and folders.
 *
 * @param terminal whether a person watches {@code err}
 */
record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    Optional<Path> userHome,
    boolean terminal) {

  /** The console of this process; the launcher says whether there is a terminal. */
  static Console ofProcess() {
    return new Console(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of(""),
        Optional.of(Path.of(System.getProperty("user.home"))),
        Boolean.getBoolean("firn.terminal") && !"dumb".equals(System.getenv("TERM")));
  }
}
