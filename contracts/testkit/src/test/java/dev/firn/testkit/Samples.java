package dev.firn.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample records of the examples, and what is expected of them. */
final class Samples {
  private static final Path EXAMPLES = Path.of("..", "..", "examples");

  private Samples() {}

  static List<String> githubEvents() {
    return lines(EXAMPLES.resolve("quickstart/data/github_events.jsonl"));
  }

  static List<String> nightscoutDay1() {
    return lines(EXAMPLES.resolve("nightscout/data/nightscout_entries_day1.jsonl"));
  }

  static List<String> nightscoutDay2() {
    return lines(EXAMPLES.resolve("nightscout/data/nightscout_entries_day2.jsonl"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode expected(String name) {
    try {
      return new ObjectMapper().readTree(Samples.class.getResource("/expected/" + name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
