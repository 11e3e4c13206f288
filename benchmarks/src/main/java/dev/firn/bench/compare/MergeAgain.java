package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Merges a file by its key into the table that already holds all of it, beside appending it to an
 * empty one. Nothing changes, so the merge may not commit.
 */
final class MergeAgain {
  private final Places places;
  private final FirnTool firn;
  private final int rounds;

  MergeAgain(Places places, FirnTool firn, int rounds) {
    this.places = places;
    this.firn = firn;
    this.rounds = rounds;
  }

  /** Series of the append, of the merge into nothing, and of the merge that changes nothing. */
  List<Series> run(Input input) throws IOException, InterruptedException, SQLException {
    Path file = input.file(places.data());
    Series append = new Series("append");
    Series first = new Series("merge into an empty table");
    Series again = new Series("merge again, all unchanged");
    Agreement agreement = new Agreement();
    for (int round = 0; round < rounds; round++) {
      Path appended = places.emptyFolder("append");
      append.add(measure(firn.load(file, appended), appended));
      agreement.check("append", facts(input, appended));
      Places.delete(appended);

      Path merged = places.emptyFolder("merge");
      first.add(measure(firn.merge(file), merged));
      List<Path> before = metadata(merged);
      again.add(measure(firn.merge(file), merged));
      if (!metadata(merged).equals(before)) {
        throw new IOException("The merge of unchanged rows made a commit in " + merged);
      }
      agreement.check("merge", facts(input, merged));
      Places.delete(merged);
    }
    return List.of(append, first, again);
  }

  private Map<String, String> facts(Input input, Path folder) throws IOException, SQLException {
    return FactReader.read(firn.output(folder), input.dataset().facts());
  }

  private Measurement measure(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Measurement measured = Meter.run(command, folder);
    Console.say("merge: " + measured.summary());
    return measured.withOutput(firn.output(folder).bytes());
  }

  private List<Path> metadata(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(firn.warehouse(folder))) {
      return files.filter(file -> file.toString().endsWith(".metadata.json")).sorted().toList();
    }
  }
}
