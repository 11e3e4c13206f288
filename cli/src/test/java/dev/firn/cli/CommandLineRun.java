package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One command line, performed in a folder, and what it printed. */
record CommandLineRun(int exitCode, String out, String err) {

  static CommandLineRun in(Path folder, String... words) {
    return in(folder, Map.of(), Engine.LIBRARY, words);
  }

  static CommandLineRun in(
      Path folder, Map<String, String> environment, Engine engine, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(stream(out), stream(err), environment, folder, Optional.empty(), false);
    int exitCode = new Firn(console, engine).execute(words);
    return new CommandLineRun(exitCode, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The last line of the result as JSON. */
  JsonNode document() {
    List<String> lines = out.lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    } catch (IOException broken) {
      throw new AssertionError("no JSON: " + out, broken);
    }
  }

  /** The line of the error stream that begins with this word. */
  String line(String word) {
    return err.lines().filter(line -> line.startsWith(word + ": ")).findFirst().orElse("");
  }
}
