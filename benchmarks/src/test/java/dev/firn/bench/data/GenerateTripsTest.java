package dev.firn.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTripsTest {
  private static final int COLUMNS = 21;

  @TempDir private Path folder;

  @Test
  void aShorterFileIsTheBeginningOfALongerOne() throws IOException {
    List<String> longer = Files.readAllLines(trips("longer.csv", 300, 7));

    assertThat(Files.readAllLines(trips("shorter.csv", 200, 7))).isEqualTo(longer.subList(0, 201));
  }

  @Test
  void anotherSeedMakesOtherTrips() throws IOException {
    assertThat(Files.mismatch(trips("a.csv", 10, 7), trips("b.csv", 10, 8))).isNotNegative();
  }

  @Test
  void csvAndJsonLinesHoldTheSameTrips() throws IOException {
    List<String> csv = Files.readAllLines(trips("trips.csv", 500, 7));
    List<String> json = Files.readAllLines(trips("trips.jsonl", 500, 7));

    List<String> header = List.of(csv.get(0).split(",", -1));
    assertThat(header).hasSize(COLUMNS);
    for (int row = 0; row < json.size(); row++) {
      JsonNode trip = new ObjectMapper().readTree(json.get(row));
      assertThat(trip.fieldNames()).toIterable().containsExactlyElementsOf(header);
      assertThat(cells(trip)).isEqualTo(List.of(csv.get(row + 1).split(",", -1)));
    }
  }

  @Test
  void nullsOccurInAboutTheirShare() throws IOException {
    List<String> rows = Files.readAllLines(trips("trips.csv", 5000, 7));

    assertThat(shareOfEmpty(rows, 4)).isBetween(0.03, 0.07);
    assertThat(shareOfEmpty(rows, 18)).isBetween(0.08, 0.12);
    assertThat(shareOfEmpty(rows, 20)).isBetween(0.66, 0.74);
  }

  private Path trips(String name, long rows, long seed) throws IOException {
    Path file = folder.resolve(name);
    GenerateTrips.write(file, rows, seed);
    return file;
  }

  /** The JSON values as the CSV spells them: nulls empty, times with six digits. */
  private static List<String> cells(JsonNode trip) {
    List<String> cells = new ArrayList<>();
    trip.fields()
        .forEachRemaining(
            field -> {
              String text = field.getValue().isNull() ? "" : field.getValue().asText();
              cells.add(field.getKey().endsWith("datetime") ? text + "000" : text);
            });
    return cells;
  }

  private static double shareOfEmpty(List<String> rows, int column) {
    long empty = rows.stream().filter(row -> row.split(",", -1)[column].isEmpty()).count();
    return (double) empty / rows.size();
  }
}
