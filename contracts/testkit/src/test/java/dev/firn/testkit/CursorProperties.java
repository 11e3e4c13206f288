package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.pipeline.RunReport;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Runs over a source that sends records again: none is loaded twice, and the cursor tells what is
 * in the table.
 */
class CursorProperties {
  private static final ResourceSpec TABLE =
      ResourceSpec.named("t").withIncremental(IncrementalSpec.on("c"));

  private record Sent(int cursor, int name) {
    String json() {
      return "{\"c\":%d,\"n\":%d}".formatted(cursor, name);
    }
  }

  @Provide
  Arbitrary<List<Set<Sent>>> runs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 5))
        .as(Sent::new)
        .set()
        .ofMaxSize(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property(tries = 60)
  void noTieIsDoubledAndTheCursorIsTheGreatestValue(
      @ForAll("runs") List<Set<Sent>> runs,
      @ForAll @IntRange(min = 1, max = 4) int cut,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    MemoryDestination destination = new MemoryDestination();
    Loading loading = Loading.into(destination).with(threads, 1);
    Set<Sent> model = new HashSet<>();
    int last = -1;
    for (Set<Sent> run : runs) {
      List<String> records = run.stream().map(Sent::json).toList();

      RunReport report = loading.load(ListSource.ofJson(TABLE, records).withSplitsOf(cut));

      Laws.everyRecordIsCounted(report);
      for (Sent sent : run) {
        if (sent.cursor() >= last) {
          model.add(sent);
        }
      }
      last = model.stream().mapToInt(Sent::cursor).max().orElse(-1);
      assertThat(destination.rows("ns.t").stream().map(CursorProperties::sent))
          .containsExactlyInAnyOrderElementsOf(model);
      assertThat(report.resources().get(0).cursorAfter().map(state -> state.value()))
          .isEqualTo(last < 0 ? Optional.empty() : Optional.of("" + last));
    }
  }

  private static Sent sent(Map<String, Object> row) {
    return new Sent(((Long) row.get("c")).intValue(), ((Long) row.get("n")).intValue());
  }
}
