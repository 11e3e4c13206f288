package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads ten events: almost nothing but start-up and one commit. */
final class Start {
  private static final int EVENTS = 10;

  private final Places places;
  private final List<Tool> tools;
  private final int rounds;

  Start(Places places, List<Tool> tools, int rounds) {
    this.places = places;
    this.tools = tools;
    this.rounds = rounds;
  }

  /** The tools' series, in their order. */
  List<Series> run() throws IOException, InterruptedException {
    Path file = tenEvents();
    List<Series> all = tools.stream().map(tool -> new Series(tool.name())).toList();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < tools.size(); i++) {
        Path folder = places.emptyFolder(tools.get(i).name());
        Measurement measured = Meter.run(tools.get(i).load(file, folder), folder);
        all.get(i).add(measured.withOutput(tools.get(i).output(folder).bytes()));
        Console.say("start %s: %s".formatted(tools.get(i).name(), measured.summary()));
        Places.delete(folder);
      }
    }
    return all;
  }

  private Path tenEvents() throws IOException {
    Path ten = places.data().resolve("ten_events.jsonl");
    try (Stream<String> lines = Files.lines(Input.named("events_1").file(places.data()))) {
      return Files.write(ten, lines.limit(EVENTS).toList());
    }
  }
}
