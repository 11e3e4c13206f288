package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of one of the project's examples, to be run by the command line. */
record ExampleFolder(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> WORDS =
      Map.of("text", "string", "bigint", "long", "bool", "boolean");

  static ExampleFolder copy(String name, Path to) {
    Path from = root().resolve("examples").resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(each -> !each.toString().contains("/.firn")).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isRegularFile(file)) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      return new ExampleFolder(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the whole project. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("firn"))) {
      at = at.getParent();
    }
    return at;
  }

  static JsonNode expected(String name) {
    try (InputStream text =
        ExampleFolder.class.getResourceAsStream("/expected/" + name + ".json")) {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CommandLineRun firn(String... words) {
    return CommandLineRun.in(folder, words);
  }

  /** The result of a command that must succeed. */
  JsonNode json(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json"));
    CommandLineRun run = firn(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.document();
  }

  /** All rows of a table. */
  List<JsonNode> rows(String table) {
    List<JsonNode> rows = new ArrayList<>();
    json("table", "show", table, "--rows", "100000").path("sample").forEach(rows::add);
    return rows;
  }

  /** A table's columns with their types, without those that Firn adds. */
  Map<String, String> columns(String table) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (JsonNode column : json("table", "show", table, "--rows", "0").path("schema")) {
      String name = column.path("name").asText();
      if (!name.startsWith("_firn_")) {
        columns.put(name, column.path("type").asText());
      }
    }
    return columns;
  }

  /** Columns with types, as the expected outcomes write them. */
  static Map<String, String> columns(JsonNode expected) {
    Map<String, String> columns = new LinkedHashMap<>();
    expected
        .properties()
        .forEach(
            column -> {
              String word = column.getValue().path("type").asText();
              columns.put(column.getKey(), WORDS.getOrDefault(word, word));
            });
    return columns;
  }

  int commits(String table) {
    return json("table", "history", table).path("snapshots").size();
  }

  /** The records of an input file that survive a merge: the last of each key. */
  Map<String, JsonNode> winners(String file, String key) {
    Map<String, JsonNode> winners = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(file))) {
        JsonNode record = JSON.readTree(line);
        winners.put(record.path(key).asText(), record);
      }
      return winners;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
