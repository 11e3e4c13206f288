package dev.firn.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what every tool's output of one input says to what the first one said. */
final class Agreement {
  private String first = "";
  private Map<String, String> expected = Map.of();

  /**
   * Takes the first output's facts as they are and compares all later ones with them.
   *
   * @throws IOException when they differ; the message names every fact that does
   */
  void check(String name, Map<String, String> found) throws IOException {
    if (first.isEmpty()) {
      first = name;
      expected = found;
      return;
    }
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (fact, value) -> {
          if (!value.equals(found.get(fact))) {
            differences.add("%s: %s, but %s".formatted(fact, value, found.get(fact)));
          }
        });
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s and %s do not agree:%n%s"
              .formatted(first, name, String.join(System.lineSeparator(), differences)));
    }
  }
}
