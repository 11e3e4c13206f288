package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any run of appends, replaces and merges leaves what a list of records would hold. */
class DispositionProperties {
  private static final ResourceSpec TABLE = ResourceSpec.named("t").withKey(List.of("id"));

  private record Doc(int id, String name, List<Integer> list) {
    String json() {
      return "{\"id\":%d,\"name\":\"%s\",\"list\":%s}".formatted(id, name, list);
    }
  }

  private record Step(WriteDisposition disposition, List<Doc> docs) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Doc> docs =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.of("a", "b", "c"),
                Arbitraries.integers().between(0, 2).list().ofMaxSize(2))
            .as(Doc::new);
    return Combinators.combine(
            Arbitraries.of(
                WriteDisposition.APPEND, WriteDisposition.REPLACE, WriteDisposition.MERGE),
            docs.list().ofMaxSize(6))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property(tries = 60)
  void theTableHoldsWhatTheModelHolds(@ForAll("steps") List<Step> steps) {
    MemoryDestination destination = new MemoryDestination();
    Loading loading = Loading.into(destination).with(2, 1);
    List<Doc> model = new ArrayList<>();
    for (Step step : steps) {
      // a merge wants each key once in the table it meets
      boolean unique = model.stream().map(Doc::id).distinct().count() == model.size();
      Step taken =
          step.disposition() == WriteDisposition.MERGE && !unique
              ? new Step(WriteDisposition.REPLACE, step.docs())
              : step;
      ListSource source =
          ListSource.ofJson(
                  TABLE.withDisposition(taken.disposition()),
                  taken.docs().stream().map(Doc::json).toList())
              .withSplitsOf(2);

      RunReport report = loading.load(source);

      Laws.everyRecordIsCounted(report);
      model = apply(model, taken);
      assertThat(Laws.contents(destination, source).records()).isEqualTo(expected(model));
    }
  }

  private static List<Doc> apply(List<Doc> model, Step step) {
    List<Doc> after =
        new ArrayList<>(step.disposition() == WriteDisposition.REPLACE ? List.of() : model);
    if (step.disposition() != WriteDisposition.MERGE) {
      after.addAll(step.docs());
      return after;
    }
    Map<Integer, Doc> byId = new LinkedHashMap<>();
    after.forEach(doc -> byId.put(doc.id(), doc));
    step.docs().forEach(doc -> byId.put(doc.id(), doc));
    return new ArrayList<>(byId.values());
  }

  private static List<String> expected(List<Doc> model) {
    return ReferenceNormalizer.contents("ns.t", model.stream().map(Doc::json).toList())
        .orElseThrow()
        .records();
  }
}
