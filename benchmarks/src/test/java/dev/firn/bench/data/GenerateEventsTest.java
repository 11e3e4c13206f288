package dev.firn.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateEventsTest {
  private static final long BYTES = 1_000_000;

  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, true);

  @TempDir private Path folder;

  @Test
  void theSameSeedMakesTheSameBytes() throws IOException {
    assertThat(events(1, false)).hasSameBinaryContentAs(events(1, false));
  }

  @Test
  void anotherSeedMakesOtherEvents() throws IOException {
    assertThat(Files.mismatch(events(1, false), events(2, false))).isNotNegative();
  }

  @Test
  void endsWithTheFirstEventThatReachesTheSize() throws IOException {
    Path file = events(1, false);

    List<String> lines = Files.readAllLines(file);

    int last = lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8).length;
    assertThat(Files.size(file)).isBetween(BYTES, BYTES + last);
  }

  @Test
  void everyLineIsAnEventWithItsOwnId() throws IOException {
    List<JsonNode> events = read(events(1, false));

    assertThat(events).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
    assertThat(events)
        .allSatisfy(event -> assertThat(event.fieldNames()).toIterable().contains("actor", "repo"));
  }

  @Test
  void allTypesOccurInAboutTheirShare() throws IOException {
    List<JsonNode> events = read(events(1, false));

    Set<String> types =
        events.stream().map(event -> event.get("type").asText()).collect(Collectors.toSet());
    assertThat(types).hasSize(EventType.values().length);
    assertThat(shareOf(events, event -> event.get("type").asText().equals("PushEvent")))
        .isBetween(0.42, 0.54);
    assertThat(shareOf(events, event -> event.has("org"))).isBetween(0.34, 0.46);
  }

  @Test
  void withDriftTheSecondHalfChangesTypesAndAddsFields() throws IOException {
    List<JsonNode> events = read(events(1, true));

    List<JsonNode> late = events.stream().filter(event -> event.has("ingestedBy")).toList();
    assertThat(late).hasSizeBetween(events.size() / 3, events.size() * 2 / 3);
    assertThat(late).allMatch(event -> event.get("processingMs").isDouble());
    assertThat(events.get(0).get("processingMs").isInt()).isTrue();
    assertThat(late)
        .filteredOn(event -> event.get("payload").has("pusherType"))
        .anyMatch(event -> event.at("/payload/pusherType").isObject());
    assertThat(late)
        .filteredOn(event -> event.get("payload").has("pullRequest"))
        .allMatch(event -> event.at("/payload/pullRequest/review_score").isTextual());
  }

  private Path events(long seed, boolean drift) throws IOException {
    Path file = Files.createTempFile(folder, "events", ".jsonl");
    GenerateEvents.write(file, new GenerateEvents.Events(0, BYTES, seed, drift));
    return file;
  }

  private List<JsonNode> read(Path file) throws IOException {
    try (var values = json.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    }
  }

  private static double shareOf(List<JsonNode> events, Predicate<JsonNode> kind) {
    return (double) events.stream().filter(kind).count() / events.size();
  }
}
