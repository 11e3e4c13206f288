package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.batch.BatchSet.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.iceberg.PartitionSpec;

/** Any loads, cut and ordered in any way, leave what a map would hold. */
class MergeProperties {
  private static final long TINY_BUDGET = 4L * KeyTable.BYTES_PER_KEY;

  /** Rows of one load: split by split, each cut into sets, staged in an order of their own. */
  record Cut(List<List<Row>> splits, int setRows, int setsPerFile, boolean backwards) {}

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void mergingIsPuttingIntoAMap(
      @ForAll("loads") List<Cut> loads, @ForAll boolean partitioned, @ForAll boolean tiny) {
    try (Lake lake = lake(partitioned)) {
      Map<Long, Row> model = new TreeMap<>();
      for (Cut cut : loads) {
        Load load = stage(lake, cut);
        Map<Long, Row> before = new TreeMap<>(model);
        cut.splits().forEach(split -> split.forEach(row -> model.put(row.id(), row)));

        MergePlan plan = new MergePlanner(tiny ? TINY_BUDGET : 1 << 20).plan(load.request());
        lake.commit(plan);

        assertThat(plan.counts()).isEqualTo(expected(before, cut));
        assertThat(lake.rows()).containsExactlyInAnyOrderElementsOf(model.values());
      }
    }
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void passesOverRangesGiveTheSamePlan(@ForAll("cuts") Cut first, @ForAll("cuts") Cut second) {
    try (Lake lake = lake(true)) {
      stage(lake, first).merge();
      MergeRequest request = stage(lake, second).request();

      MergePlan whole = new MergePlanner(1 << 20).plan(request);
      MergePlan inRanges = new MergePlanner(TINY_BUDGET).plan(request);

      assertThat(inRanges.outcomes()).isEqualTo(whole.outcomes());
      assertThat(inRanges.counts()).isEqualTo(whole.counts());
      assertSamePlan(inRanges.root(), whole.root());
      for (int i = 0; i < whole.children().size(); i++) {
        assertSamePlan(inRanges.children().get(i).table(), whole.children().get(i).table());
      }
    }
  }

  private static void assertSamePlan(TablePlan plan, TablePlan expected) {
    assertThat(plan.staged()).isEqualTo(expected.staged());
    assertThat(deletes(plan)).isEqualTo(deletes(expected));
  }

  private static Map<String, Positions> deletes(TablePlan plan) {
    Map<String, Positions> deletes = new TreeMap<>();
    plan.deletes().forEach(each -> deletes.put(each.file().location(), each.positions()));
    return deletes;
  }

  private static MergePlan.RootCounts expected(Map<Long, Row> before, Cut cut) {
    Map<Long, Row> last = new TreeMap<>();
    cut.splits().forEach(split -> split.forEach(row -> last.put(row.id(), row)));
    long staged = cut.splits().stream().mapToLong(List::size).sum();
    long unchanged = last.values().stream().filter(row -> row.equals(before.get(row.id()))).count();
    long known = last.keySet().stream().filter(before::containsKey).count();
    return new MergePlan.RootCounts(
        last.size() - known, known - unchanged, unchanged, staged - last.size());
  }

  private static Lake lake(boolean partitioned) {
    return partitioned
        ? Lake.partitioned(
            PartitionSpec.builderFor(Lake.ORDER_COLUMNS).identity("region").bucket("id", 2).build(),
            "id")
        : Lake.keyedBy("id");
  }

  /** Every set takes one stretch of each of two splits, as a worker that gathers them would. */
  private static Load stage(Lake lake, Cut cut) {
    Load load = new Load(lake, cut.setsPerFile());
    List<List<Run>> runs = new ArrayList<>();
    List<List<Row>> rows = new ArrayList<>();
    for (int split = 0; split < cut.splits().size(); split++) {
      List<Row> all = cut.splits().get(split);
      for (int from = 0; from < all.size(); from += cut.setRows()) {
        int to = Math.min(all.size(), from + cut.setRows());
        runs.add(List.of(new Run(split, from, to - from)));
        rows.add(all.subList(from, to));
      }
    }
    for (int i = 0; i < runs.size(); i++) {
      int at = cut.backwards() ? runs.size() - 1 - i : i;
      if (i % 3 == 2) {
        continue; // went with the one before
      }
      boolean two = i % 3 == 1 && i + 1 < runs.size();
      int next = cut.backwards() ? at - 1 : at + 1;
      List<Run> from = new ArrayList<>(runs.get(at));
      List<Row> set = new ArrayList<>(rows.get(at));
      if (two) {
        from.addAll(runs.get(next));
        set.addAll(rows.get(next));
      }
      load.set(from, set);
    }
    return load;
  }

  @Provide
  Arbitrary<List<Cut>> loads() {
    return cuts().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Cut> cuts() {
    return Combinators.combine(
            rows().list().ofMaxSize(9).list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false))
        .as(Cut::new);
  }

  private static Arbitrary<Row> rows() {
    Arbitrary<Row.Item> items =
        Combinators.combine(Arbitraries.of("a", "b"), Arbitraries.of("x", "y").list().ofMaxSize(2))
            .as(Row.Item::new);
    return Combinators.combine(
            Arbitraries.of("eu", "us"),
            Arbitraries.longs().between(1, 12),
            Arbitraries.longs().between(1, 2),
            items.list().ofMaxSize(2))
        .as(Row::new);
  }
}
