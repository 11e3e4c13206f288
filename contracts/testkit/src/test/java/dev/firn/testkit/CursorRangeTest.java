package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.ColumnEdits;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.Bound;
import dev.firn.source.IncrementalSpec.LastValue;
import dev.firn.source.IncrementalSpec.RowOrder;
import dev.firn.source.ResourceSpec;
import dev.firn.state.CursorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds, backfills, early ends, orders of its own, and ties without number. */
class CursorRangeTest {
  private static final ResourceSpec TABLE = ResourceSpec.named("t");
  private static final IncrementalSpec C = IncrementalSpec.on("c");
  private static final int TIES = 12_000;

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  @TempDir Path folder;

  private RunReport load(IncrementalSpec spec, int... cursors) {
    return load(TABLE.withIncremental(spec), rows(cursors));
  }

  private RunReport load(ResourceSpec resource, List<String> records) {
    RunReport report =
        loading.load(
            ListSource.ofJson(resource, records).withSplitsOf(Math.max(4, records.size() / 5)));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static List<String> rows(int... cursors) {
    return IntStream.of(cursors).mapToObj("{\"c\":%d}"::formatted).toList();
  }

  private static int[] from(int first, int last) {
    return IntStream.rangeClosed(first, last).toArray();
  }

  private List<Object> loaded() {
    return destination.values("ns.t", "c").stream().sorted().toList();
  }

  private static CursorState cursor(RunReport report) {
    return report.resources().get(0).cursorAfter().orElseThrow();
  }

  @Test
  void i04ABackfillNeitherReadsNorMovesTheState() {
    load(C, 25, 26);

    RunReport backfill = load(C.withInitial("20").withEnd("30"), from(15, 35));

    assertThat(loaded()).hasSize(2 + 10).startsWith(20L).endsWith(29L);
    assertThat(cursor(backfill).value()).isEqualTo("26");
    load(C, 26, 27);
    assertThat(loaded()).hasSize(2 + 10 + 1);
  }

  @Test
  void i04ABackfillOfANewTableLeavesNoCursor() {
    RunReport backfill = load(C.withInitial("20").withEnd("30"), from(15, 35));

    assertThat(backfill.resources().get(0).cursorAfter()).isEmpty();
    assertThat(load(C, from(15, 16)).resources().get(0).loaded()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "MAX, CLOSED, OPEN, 5, 5 6 7 8 9",
    "MAX, CLOSED, CLOSED, 6, 5 6 7 8 9 10",
    "MAX, OPEN, OPEN, 4, 6 7 8 9",
    "MIN, CLOSED, OPEN, 5, 6 7 8 9 10",
    "MIN, OPEN, CLOSED, 5, 5 6 7 8 9"
  })
  void i06TheBoundsOfARangeAreClosedOrOpen(
      LastValue last, Bound start, Bound end, int count, String expected) {
    boolean max = last == LastValue.MAX;
    IncrementalSpec spec =
        C.withLastValue(last)
            .withRange(start, end)
            .withInitial(max ? "5" : "10")
            .withEnd(max ? "10" : "5");

    load(spec, from(1, 11));

    assertThat(loaded()).hasSize(count);
    assertThat(String.join(" ", loaded().stream().map(Object::toString).toList()))
        .isEqualTo(expected);
  }

  @Test
  void i06AnOpenStartLeavesOutTheLastValueAndListsNoRecords() {
    IncrementalSpec open = C.withRange(Bound.OPEN, Bound.OPEN).withInitial("0");

    RunReport first = load(open, 0, 0, 1, 1, 1, 1, 2, 2);

    assertThat(loaded()).containsExactly(1L, 1L, 1L, 1L, 2L, 2L);
    assertThat(cursor(first).boundary()).isEmpty();
    assertThat(load(open, 2, 2, 2).status()).isEqualTo("nothing-to-do");
    assertThat(load(open, 2, 3).resources().get(0).loaded()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "MAX, CLOSED, 5 6 7 8 9 10 11",
    "MAX, OPEN, 6 7 8 9 10 11",
    "MIN, CLOSED, 1 2 3 4 5",
    "MIN, OPEN, 1 2 3 4"
  })
  void i06TheStartIsClosedOrOpenInBothDirections(LastValue last, Bound start, String expected) {
    load(C.withLastValue(last).withRange(start, Bound.OPEN).withInitial("5"), from(1, 11));

    assertThat(String.join(" ", loaded().stream().map(Object::toString).toList()))
        .isEqualTo(expected);
  }

  @Test
  void i06TheLeastValueMayBeTheLast() {
    IncrementalSpec min = C.withLastValue(LastValue.MIN);
    load(min, 8, 9);

    RunReport second = load(min, 7, 8, 10);

    assertThat(loaded()).containsExactly(7L, 8L, 9L);
    assertThat(cursor(second).value()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({"1000, 4, 5", "200, 3, 3", "100, 2, 2", "1, 1, 1", "0, 0, 0"})
  void i11ALagBehindTheLeastValue(String lag, int second, int third) {
    ResourceSpec lagging =
        TABLE.withKey(List.of("c")).withIncremental(C.withLastValue(LastValue.MIN).withLag(lag));
    load(lagging, rows(100, 200, 300));

    RunReport two = load(lagging, rows(100, 200, 300, 400));
    RunReport three = load(lagging, rows(100, 200, 300, 400, 500));

    assertThat(two.resources().get(0).loaded()).isEqualTo(second);
    assertThat(three.resources().get(0).loaded()).isEqualTo(third);
    assertThat(cursor(three).value()).isEqualTo("100");
  }

  @Test
  void i07AnEndlessDescendingSourceIsClosedBelowTheStart() {
    AtomicBoolean closed = new AtomicBoolean();
    Resource endless =
        endless("t", -1, 48, closed).incremental(C.withInitial("10").withRowOrder(RowOrder.DESC));

    run(endless);

    assertThat(destination.values("p.t", "c")).hasSize(39).contains(48L, 10L).doesNotContain(9L);
    assertThat(closed).isTrue();
  }

  @Test
  void i07AnEndlessAscendingSourceIsClosedAtTheEnd() {
    AtomicBoolean closed = new AtomicBoolean();
    Resource endless =
        endless("t", 1, 22, closed)
            .incremental(C.withInitial("22").withEnd("45").withRowOrder(RowOrder.ASC));

    run(endless);

    assertThat(destination.values("p.t", "c")).hasSize(23).contains(22L, 44L);
    assertThat(closed).isTrue();
  }

  @Test
  void i07AnOrderThatIsNotTheSourcesOwnReadsItWhole() {
    IncrementalSpec wrong = C.withInitial("22").withEnd("45").withRowOrder(RowOrder.DESC);

    load(wrong, from(22, 60));

    assertThat(loaded()).hasSize(23);
  }

  private static Resource endless(String name, int step, int start, AtomicBoolean closed) {
    return Resource.of(
            name,
            Long.class,
            since -> {
              AtomicLong next = new AtomicLong(start);
              return Stream.generate(() -> Map.of("c", next.getAndAdd(step)))
                  .onClose(() -> closed.set(true));
            })
        .batchRows(10);
  }

  private RunReport run(Resource resource) {
    return Firn.pipeline("p")
        .workFolder(folder)
        .run(destination, RunOptions.DEFAULT, resource)
        .throwIfFailed();
  }

  @Test
  void untilLeavesLaterRecordsToLaterRuns() {
    RunReport first = load(C.withUntil("10"), from(8, 12));

    assertThat(loaded()).containsExactly(8L, 9L);
    assertThat(cursor(first).value()).isEqualTo("9");
    load(C.withUntil("20"), from(8, 12));
    assertThat(loaded()).containsExactly(8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void untilNowLeavesOutWhatLiesInTheFuture() {
    List<String> records =
        List.of("{\"c\":\"2020-01-01T00:00:00Z\"}", "{\"c\":\"2999-01-01T00:00:00Z\"}");

    RunReport report = load(TABLE.withIncremental(C.withUntil("now")), records);

    assertThat(report.resources().get(0).loaded()).isEqualTo(1);
    assertThat(cursor(report).value()).isEqualTo("2020-01-01T00:00:00Z");
  }

  @Test
  void anOrderOfItsOwnDecidesWhatIsLater() {
    Comparator<String> versions = Comparator.comparing(text -> Integer.valueOf(text.substring(1)));
    ResourceSpec resource = TABLE.withIncremental(C.withOrder(versions));
    load(resource, List.of("{\"c\":\"v9\"}", "{\"c\":\"v10\"}"));

    RunReport second =
        load(resource, List.of("{\"c\":\"v9\"}", "{\"c\":\"v10\"}", "{\"c\":\"v11\"}"));

    assertThat(destination.values("ns.t", "c")).containsExactly("v9", "v10", "v11");
    assertThat(cursor(second).value()).isEqualTo("v11");
  }

  @Test
  void aNestedCursorIsNamedByItsPath() {
    ResourceSpec nested = TABLE.withIncremental(IncrementalSpec.on("meta.at.day"));
    load(nested, List.of("{\"meta\":{\"at\":{\"day\":1}}}", "{\"meta\":{\"at\":{\"day\":2}}}"));

    RunReport second =
        load(nested, List.of("{\"meta\":{\"at\":{\"day\":1}}}", "{\"meta\":{\"at\":{\"day\":3}}}"));

    assertThat(destination.values("ns.t", "meta__at__day")).containsExactly(1L, 2L, 3L);
    assertThat(cursor(second).column()).isEqualTo("meta.at.day");
  }

  @Test
  void uniqueByTellsTiesApart() {
    ResourceSpec resource = TABLE.withIncremental(C.withUniqueBy(List.of("n")));
    load(resource, List.of("{\"c\":1,\"n\":\"a\",\"seen\":1}"));

    load(resource, List.of("{\"c\":1,\"n\":\"a\",\"seen\":2}", "{\"c\":1,\"n\":\"b\",\"seen\":2}"));

    assertThat(destination.values("ns.t", "n")).containsExactly("a", "b");
  }

  @Test
  void withoutDeduplicationTheLastValueIsLoadedAgain() {
    IncrementalSpec doubled = C.withDeduplicate(false);
    load(doubled, 1, 2);

    RunReport second = load(doubled, 2);

    assertThat(loaded()).containsExactly(1L, 2L, 2L);
    assertThat(cursor(second).boundary()).isEmpty();
  }

  @Test
  void aRenamedCursorGoesOnWhereItWas() {
    load(TABLE.withIncremental(C), List.of("{\"c\":1}", "{\"c\":2}"));
    ColumnEdits rename = new ColumnEdits(Map.of("c", "changed"), List.of());
    ResourceSpec renamed =
        TABLE.withColumnEdits(rename).withIncremental(IncrementalSpec.on("changed"));

    load(renamed, List.of("{\"c\":1}", "{\"c\":2}", "{\"c\":3}"));
    load(renamed, List.of("{\"c\":3}", "{\"c\":4}"));

    // the table in memory keeps old rows as they were written
    assertThat(
            destination.rows("ns.t").stream().map(row -> row.getOrDefault("changed", row.get("c"))))
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void anotherCursorThanTheStatesIsRefused() {
    load(TABLE.withIncremental(C), List.of("{\"c\":1,\"d\":1}"));

    RunReport refused =
        loading.tryLoad(
            ListSource.ofJson(TABLE.withIncremental(IncrementalSpec.on("d")), "{\"c\":2,\"d\":2}"));

    assertThat(refused.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
              assertThat(e.getMessage()).contains("'c'", "'d'");
              assertThat(e.hint()).contains("firn state set");
            });
    assertThat(loaded()).containsExactly(1L);
  }

  @Test
  void tooManyTiesWaitForALaterValueAndAreLoadedOnce() {
    List<String> records = new ArrayList<>(List.of("{\"c\":1,\"n\":-1}"));
    records.addAll(ties());

    RunReport first = load(TABLE.withIncremental(C), records);

    assertThat(destination.rows("ns.t")).hasSize(1);
    assertThat(cursor(first).value()).isEqualTo("2");
    assertThat(cursor(first).boundary()).isEmpty();
    assertThat(first.resources().get(0).warnings()).anyMatch(text -> text.contains("later value"));
    assertThat(load(TABLE.withIncremental(C), records).status()).isEqualTo("nothing-to-do");

    records.add("{\"c\":3,\"n\":-3}");
    load(TABLE.withIncremental(C), records);
    RunReport again = load(TABLE.withIncremental(C), records);

    assertThat(destination.rows("ns.t")).hasSize(TIES + 2);
    assertThat(destination.values("ns.t", "n").stream().distinct()).hasSize(TIES + 2);
    assertThat(again.status()).isEqualTo("nothing-to-do");
    assertThat(cursor(again).boundary()).hasSize(1);
  }

  @Test
  void aBoundaryThatGrowsPastItsBoundHoldsBackWhatIsNew() {
    List<String> few = ties().subList(0, 6_000);
    load(TABLE.withIncremental(C), few);

    RunReport second = load(TABLE.withIncremental(C), ties());

    assertThat(destination.rows("ns.t")).hasSize(6_000);
    assertThat(cursor(second).boundary()).hasSize(6_000);
    List<String> later = new ArrayList<>(ties());
    later.add("{\"c\":3,\"n\":-3}");
    load(TABLE.withIncremental(C), later);
    assertThat(destination.values("ns.t", "n").stream().distinct()).hasSize(TIES + 1);
    assertThat(destination.rows("ns.t")).hasSize(TIES + 1);
  }

  @Test
  void aMergeTakesAnyNumberOfTiesAtOnceAndListsNone() {
    ResourceSpec merged =
        TABLE.withKey(List.of("n")).withDisposition(WriteDisposition.MERGE).withIncremental(C);

    RunReport first = load(merged, ties());
    RunReport second = load(merged, ties());

    assertThat(destination.rows("ns.t")).hasSize(TIES);
    assertThat(cursor(first).boundary()).isEmpty();
    assertThat(cursor(first).boundaryOmitted()).isTrue();
    assertThat(second.status()).isEqualTo("nothing-to-do");
    RunReport appended =
        loading.tryLoad(
            ListSource.ofJson(
                merged.withDisposition(WriteDisposition.APPEND), ties().subList(0, 9)));
    assertThat(appended.error()).hasValueSatisfying(e -> assertThat(e.hint()).contains("merge"));
  }

  private static List<String> ties() {
    return LongStream.range(0, TIES).mapToObj("{\"c\":2,\"n\":%d}"::formatted).toList();
  }
}
