package dev.firn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartExampleTest {
  private static final String ROOT = "raw.github_events";

  @TempDir Path folder;
  private ExampleFolder example = new ExampleFolder(Path.of(""));

  @BeforeEach
  void copyTheExample() {
    example = ExampleFolder.copy("quickstart", folder);
  }

  @Test
  void aPageOfEventsBecomesTheExpectedTables() {
    JsonNode report = example.json("run").path("resources").path(0);

    assertThat(report.path("read").asInt()).isEqualTo(122);
    assertThat(report.path("loaded").asInt()).isEqualTo(120);
    assertThat(report.path("filtered").path("superseded").asInt()).isEqualTo(2);
    JsonNode tables = ExampleFolder.expected("github_events").path("tables");
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> table : tables.properties()) {
      String name = "raw." + table.getKey();
      names.add(name);
      assertThat(example.columns(name))
          .as(name)
          .isEqualTo(ExampleFolder.columns(table.getValue().path("order_independent")));
    }
    assertThat(
            new TreeSet<>(example.json("table", "list").path("tables").findValuesAsText("table")))
        .isEqualTo(names);
  }

  @Test
  void eachChildTableHoldsTheChildrenOfTheSurvivingEventsOnly() {
    example.json("run");
    Map<String, JsonNode> winners = example.winners("data/github_events.jsonl", "id");

    assertThat(example.rows(ROOT)).hasSize(winners.size());
    for (String name : example.json("table", "list").path("tables").findValuesAsText("table")) {
      if (name.startsWith(ROOT + "__")) {
        String path = "/" + name.substring(ROOT.length() + 2).replace("__", "/");
        int children = winners.values().stream().mapToInt(each -> each.at(path).size()).sum();
        assertThat(example.rows(name)).as(name).hasSize(children);
      }
    }
  }

  @Test
  void everyValueOfARootRowIsThatOfItsEvent() {
    example.json("run");
    Map<String, JsonNode> winners = example.winners("data/github_events.jsonl", "id");

    for (JsonNode row : example.rows(ROOT)) {
      JsonNode event = winners.get(row.path("id").asText());
      assertThat(row.path("type")).isEqualTo(event.path("type"));
      assertThat(row.path("actor__id").asLong()).isEqualTo(event.at("/actor/id").asLong());
      assertThat(row.path("repo__name")).isEqualTo(event.at("/repo/name"));
      assertThat(row.path("payload__action").asText(""))
          .isEqualTo(event.at("/payload/action").asText(""));
    }
  }

  @Test
  void theSecondRunMakesNoCommit() {
    example.json("run");

    JsonNode again = example.json("run");

    assertThat(again.path("status").asText()).isEqualTo("nothing-to-do");
    for (String name : example.json("table", "list").path("tables").findValuesAsText("table")) {
      assertThat(example.commits(name)).as(name).isEqualTo(1);
    }
  }

  @Test
  void loadingTheSameFileAgainFindsEveryRowUnchanged() {
    String[] load = {"load", "data/github_events.jsonl", ROOT, "--primary-key", "id"};
    example.json(load);

    JsonNode again = example.json(load);

    JsonNode root = again.path("resources").path(0).path("tables").path(0);
    assertThat(root.path("unchanged").asInt()).isEqualTo(120);
    assertThat(root.has("snapshotId")).isFalse();
    assertThat(example.commits(ROOT)).isEqualTo(1);
    assertThat(example.rows(ROOT)).hasSize(120);
  }
}
