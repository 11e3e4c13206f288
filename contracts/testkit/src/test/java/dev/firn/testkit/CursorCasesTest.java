package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.OnMissing;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental loads: the closed start, ties at the boundary, lags, missing cursors. */
class CursorCasesTest {
  private static final ResourceSpec TABLE = ResourceSpec.named("t");

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private static IncrementalSpec on(String initial, String lag, OnMissing missing) {
    IncrementalSpec spec = IncrementalSpec.on("c").withOnMissing(missing);
    IncrementalSpec from = initial.isEmpty() ? spec : spec.withInitial(initial);
    return lag.isEmpty() ? from : from.withLag(lag);
  }

  private RunReport load(ResourceSpec resource, String... records) {
    RunReport report = loading.load(ListSource.ofJson(resource, records).withSplitsOf(2));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private String cursor(RunReport report) {
    return report.resources().get(0).cursorAfter().orElseThrow().value();
  }

  private List<Object> names() {
    return destination.values("ns.t", "n").stream().sorted().toList();
  }

  private static String row(int cursor, String name) {
    return "{\"c\":%d,\"n\":\"%s\"}".formatted(cursor, name);
  }

  @Test
  void i01TiesAtTheBoundaryAreLoadedOnceByTheirContent() {
    ResourceSpec incremental = TABLE.withIncremental(IncrementalSpec.on("c"));
    load(incremental, row(1, "a"), row(2, "b"), row(3, "c"), row(3, "d"), row(3, "e"));

    RunReport second =
        load(incremental, row(4, "g"), row(3, "c"), row(3, "d"), row(3, "e"), row(3, "f"));

    assertThat(names()).containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(second.resources().get(0).counts().boundary()).isEqualTo(3);
    assertThat(cursor(second)).isEqualTo("4");
    assertThat(load(incremental, row(4, "g"), row(3, "f")).status()).isEqualTo("nothing-to-do");
  }

  @Test
  void i01TiesAtTheBoundaryAreLoadedOnceByTheirKey() {
    ResourceSpec keyed = TABLE.withKey(List.of("n")).withIncremental(IncrementalSpec.on("c"));
    load(keyed, "{\"c\":3,\"n\":\"a\",\"x\":1}");

    load(keyed, "{\"c\":3,\"n\":\"a\",\"x\":2}", "{\"c\":3,\"n\":\"b\",\"x\":2}");

    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void i01TheBoundaryGrowsOverSeveralRuns() {
    ResourceSpec incremental = TABLE.withIncremental(IncrementalSpec.on("c"));
    load(incremental, row(3, "a"));
    load(incremental, row(3, "b"));

    load(incremental, row(3, "a"), row(3, "b"), row(3, "c"));

    assertThat(names()).containsExactly("a", "b", "c");
  }

  @Test
  void i02RecordsWithoutACursorFollowThePolicy() {
    String[] records = {"{\"n\":\"x\",\"c\":null}", row(1, "a"), row(2, "b"), "{\"n\":\"y\"}"};

    RunReport included = load(TABLE.withIncremental(on("", "", OnMissing.INCLUDE)), records);
    RunReport excluded =
        load(ResourceSpec.named("u").withIncremental(on("", "", OnMissing.EXCLUDE)), records);

    assertThat(names()).containsExactly("a", "b", "x", "y");
    assertThat(cursor(included)).isEqualTo("2");
    assertThat(excluded.resources().get(0).loaded()).isEqualTo(2);
    assertThat(excluded.resources().get(0).counts().discarded()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"n\":\"x\",\"c\":null}", "{\"n\":\"x\"}"})
  void i02ANullAndAMissingCursorAreErrorsThatNameIt(String record) {
    ResourceSpec incremental = TABLE.withIncremental(IncrementalSpec.on("c"));

    RunReport failed = loading.tryLoad(ListSource.ofJson(incremental, row(1, "a"), record));

    assertThat(failed.error())
        .hasValueSatisfying(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MISSING_CURSOR);
              assertThat(e.getMessage()).contains("'c'");
            });
    assertThat(destination.metadata().tables()).isEmpty();
  }

  @Test
  void i02ASecondRunKeepsRecordsWithoutACursor() {
    ResourceSpec incremental = TABLE.withIncremental(on("", "", OnMissing.INCLUDE));
    load(incremental, row(1, "a"), row(2, "b"), "{\"n\":\"c\"}");

    RunReport second = load(incremental, row(1, "d"), "{\"n\":\"e\"}", row(3, "f"));

    assertThat(names()).containsExactly("a", "b", "c", "e", "f");
    assertThat(second.resources().get(0).counts().outOfWindow()).isEqualTo(1);
    assertThat(cursor(second)).isEqualTo("3");
  }

  @Test
  void i06TheStartIsIncluded() {
    List<String> records = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      records.add(row(i, "n" + i));
    }

    loading.load(ListSource.ofJson(TABLE.withIncremental(on("5", "", OnMissing.FAIL)), records));

    assertThat(names()).hasSize(7).contains("n5").doesNotContain("n4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000 | 100_1 200_1 300_1 400_1 | 100_2 200_2 300_2 400_2 500_2",
        "200 | 100_1 200_1 300_1 400_1 | 200_2 300_2 400_2 500_2",
        "100 | 200_1 300_1 400_1 | 300_2 400_2 500_2",
        "1 | 300_1 400_1 | 400_2 500_2",
        "0 | 400_1 | 500_2"
      })
  void i11ALagReadsLateRecordsAgain(String lag, String second, String third) {
    ResourceSpec lagging = TABLE.withKey(List.of("c")).withIncremental(on("", lag, OnMissing.FAIL));
    load(lagging, run(0, 100, 200, 300));

    RunReport two = load(lagging, run(1, 100, 200, 300, 400));
    RunReport three = load(lagging, run(2, 100, 200, 300, 400, 500));

    assertThat(namesOf(two)).containsExactly(second.split(" "));
    assertThat(namesOf(three)).containsExactly(third.split(" "));
    assertThat(cursor(three)).isEqualTo("500");
  }

  private static String[] run(int run, int... cursors) {
    return Arrays.stream(cursors)
        .mapToObj(cursor -> row(cursor, cursor + "_" + run))
        .toArray(String[]::new);
  }

  private List<String> namesOf(RunReport report) {
    String load = report.resources().get(0).loadId();
    return destination.rows("ns.t").stream()
        .filter(row -> load.equals(row.get("_firn_load_id")))
        .map(row -> (String) row.get("n"))
        .toList();
  }

  @Test
  void aCursorThatOnlyMovesBackStaysWhereItIs() {
    ResourceSpec lagging = TABLE.withIncremental(on("", "10", OnMissing.FAIL));
    load(lagging, row(100, "a"));

    RunReport late = load(lagging, row(95, "b"), row(80, "c"));

    assertThat(names()).containsExactly("a", "b");
    assertThat(cursor(late)).isEqualTo("100");
  }

  @Test
  void i13ReplaceForgetsTheCursor() {
    ResourceSpec incremental = TABLE.withIncremental(IncrementalSpec.on("c"));
    load(incremental, row(1, "a"), row(2, "b"));

    RunReport replaced =
        load(incremental.withDisposition(WriteDisposition.REPLACE), row(1, "a"), row(1, "x"));

    assertThat(names()).containsExactly("a", "x");
    assertThat(cursor(replaced)).isEqualTo("1");
  }

  @Test
  void timesAreComparedAsInstants() {
    ResourceSpec incremental = TABLE.withIncremental(on("2024-01-01", "5m", OnMissing.FAIL));
    load(
        incremental,
        "{\"c\":\"2024-01-01T01:00:00+02:00\",\"n\":\"before\"}",
        "{\"c\":\"2024-01-01T00:00:00Z\",\"n\":\"first\"}",
        "{\"c\":\"2024-01-01 12:00:00.5+0200\",\"n\":\"noon\"}");

    RunReport late =
        load(
            incremental,
            "{\"c\":\"2024-01-01T09:55:00.5Z\",\"n\":\"late\"}",
            "{\"c\":\"2024-01-01T09:55:00.4Z\",\"n\":\"too late\"}");

    assertThat(names()).containsExactly("first", "late", "noon");
    assertThat(cursor(late)).isEqualTo("2024-01-01T10:00:00.500Z");
  }

  @Test
  void aSplitThatIsLeftOutDoesNotMoveTheCursor() {
    ResourceSpec incremental = TABLE.withIncremental(IncrementalSpec.on("c"));
    ListSource source =
        ListSource.ofJson(incremental, row(1, "a"), row(2, "b"), row(9, "c"), "{broken")
            .withSplitsOf(2)
            .withOnError(ListSource.OnError.SKIP_SPLIT);

    RunReport report = loading.load(source);

    assertThat(names()).containsExactly("a", "b");
    assertThat(cursor(report)).isEqualTo("2");
  }
}
