package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Loads a small and a large file with little heap: memory must not grow with the input. */
final class Memory {
  private final Places places;
  private final FirnTool firn;

  Memory(Places places, FirnTool firn) {
    this.places = places;
    this.firn = firn;
  }

  /** Series of the small input with 512 MB of heap, the large one with 512 MB and with 256 MB. */
  List<Series> run(Input small, Input large)
      throws IOException, InterruptedException, SQLException {
    Agreement agreement = new Agreement();
    Series smallAt512 = load(small, "-Xmx512m", new Agreement());
    Series largeAt512 = load(large, "-Xmx512m", agreement);
    Series largeAt256 = load(large, "-Xmx256m", agreement);
    return List.of(smallAt512, largeAt512, largeAt256);
  }

  private Series load(Input input, String heap, Agreement agreement)
      throws IOException, InterruptedException, SQLException {
    Series series = new Series("firn " + heap);
    FirnTool narrow = firn.withJavaOption(heap);
    Path folder = places.emptyFolder("memory");
    Measurement measured = Meter.run(narrow.load(input.file(places.data()), folder), folder);
    Console.say("memory %s %s: %s".formatted(input.name(), series.name(), measured.summary()));
    Output output = narrow.output(folder);
    Map<String, String> facts = FactReader.read(output, input.dataset().facts());
    agreement.check(series.name(), facts);
    series.add(measured.withOutput(output.bytes()));
    Places.delete(folder);
    return series;
  }
}
