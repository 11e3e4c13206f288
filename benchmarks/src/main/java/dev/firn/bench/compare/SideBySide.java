package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Loads one input with every tool in turn, round after round. */
final class SideBySide {
  private final Places places;
  private final List<Tool> tools;
  private final int rounds;

  SideBySide(Places places, List<Tool> tools, int rounds) {
    this.places = places;
    this.tools = tools;
    this.rounds = rounds;
  }

  /** The tools' series, in their order; every output of every round said the same. */
  List<Series> run(Input input) throws IOException, InterruptedException, SQLException {
    Path file = input.file(places.data());
    List<Series> all = tools.stream().map(tool -> new Series(tool.name())).toList();
    List<Fact> facts = input.dataset().facts();
    Agreement agreement = new Agreement();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < tools.size(); i++) {
        Tool tool = tools.get(i);
        Path folder = places.emptyFolder(tool.name());
        Measurement measured = Meter.run(tool.load(file, folder), folder);
        Output output = tool.output(folder);
        agreement.check(tool.name(), FactReader.read(output, facts));
        all.get(i).add(measured.withOutput(output.bytes()));
        Console.say("%s %s: %s".formatted(input.name(), tool.name(), measured.summary()));
        Places.delete(folder);
      }
    }
    return all;
  }
}
