package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.Refresh;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that begin by forgetting what was loaded before. */
class RefreshTest {
  private final MemoryDestination destination = new MemoryDestination();
  private Pipeline pipeline = Firn.pipeline("p");

  @TempDir Path folder;

  @BeforeEach
  void inAFolderOfItsOwn() {
    pipeline = pipeline.workFolder(folder);
  }

  private static Resource numbers(String name, Integer... numbers) {
    return Resource.of(
            name, () -> List.of(numbers).stream().map(number -> Map.of("n", number)).toList())
        .incremental(IncrementalSpec.on("n"));
  }

  private RunReport run(RunOptions options, Resource... resources) {
    return pipeline.run(destination, options, resources);
  }

  private static RunOptions refreshing(Refresh mode) {
    return RunOptions.DEFAULT.withRefresh(Optional.of(mode));
  }

  private List<Object> rows(String table) {
    return destination.values("p." + table, "n");
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void aRefreshLoadsEverythingAnew(Refresh mode) {
    run(RunOptions.DEFAULT, numbers("a", 5, 6)).throwIfFailed();
    String uuid = uuid();

    RunReport report = run(refreshing(mode), numbers("a", 1, 2, 5)).throwIfFailed();

    assertThat(rows("a")).containsExactlyInAnyOrder(1L, 2L, 5L);
    assertThat(report.resources().get(0).cursorAfter().orElseThrow().value()).isEqualTo("5");
    if (mode == Refresh.DROP_DATA) {
      assertThat(uuid()).isEqualTo(uuid);
      assertThat(destination.commits("p.a")).isEqualTo(3);
    } else {
      assertThat(destination.commits("p.a")).isEqualTo(1);
    }
  }

  private String uuid() {
    return destination.metadata().current(TableName.parse("p.a")).orElseThrow().uuid();
  }

  @Test
  void aMergeIsRefreshedWithEachKeyOnce() {
    Resource merged = numbers("a", 5, 6).primaryKey("n").merge();
    run(RunOptions.DEFAULT, merged).throwIfFailed();

    run(refreshing(Refresh.DROP_DATA), numbers("a", 1, 1, 2).primaryKey("n").merge())
        .throwIfFailed();

    assertThat(rows("a")).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aRefreshThatBringsNothingLeavesNothing() {
    run(RunOptions.DEFAULT, numbers("a", 5, 6)).throwIfFailed();

    run(refreshing(Refresh.DROP_DATA), numbers("a")).throwIfFailed();

    assertThat(rows("a")).isEmpty();
    run(RunOptions.DEFAULT, numbers("a", 1)).throwIfFailed();
    assertThat(rows("a")).containsExactly(1L);
  }

  @Test
  void aSourceThatFailsKeepsTheDataThatWasToBeRefreshed() {
    run(RunOptions.DEFAULT, numbers("a", 5, 6)).throwIfFailed();
    Resource broken =
        Resource.of(
            "a",
            () -> {
              throw new IllegalStateException("no answer");
            });

    RunReport report = run(refreshing(Refresh.DROP_DATA), broken);

    assertThat(report.error()).isPresent();
    assertThat(rows("a")).containsExactly(5L, 6L);
  }

  @Test
  void onlyTheSelectedResourcesAreRefreshed() {
    run(RunOptions.DEFAULT, numbers("a", 5), numbers("b", 5)).throwIfFailed();
    RunOptions one = refreshing(Refresh.DROP_RESOURCES).withSelect(Set.of("a"));

    run(one, numbers("a", 1), numbers("b", 1)).throwIfFailed();

    assertThat(rows("a")).containsExactly(1L);
    assertThat(rows("b")).containsExactly(5L);
  }

  @Test
  void aWholeSourceIsRefreshedThoughOneResourceIsSelected() {
    run(RunOptions.DEFAULT, numbers("a", 5), numbers("b", 5)).throwIfFailed();
    RunOptions one = refreshing(Refresh.DROP_SOURCES).withSelect(Set.of("a"));

    run(one, numbers("a", 1), numbers("b", 1)).throwIfFailed();

    assertThat(rows("a")).containsExactly(1L);
    assertThat(rows("b")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void aTableThatOthersFillTooIsNotRefreshed(Refresh mode) {
    run(RunOptions.DEFAULT, numbers("a", 5)).throwIfFailed();
    Resource other = numbers("other", 7).into("p.a");
    Firn.pipeline("q")
        .workFolder(folder)
        .run(destination, RunOptions.DEFAULT, other)
        .throwIfFailed();

    RunReport refused = run(refreshing(mode), numbers("a", 1));

    assertThatThrownBy(refused::throwIfFailed)
        .hasMessageContaining("q.other filled it too")
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_CONFIG);
    assertThat(rows("a")).containsExactly(5L, 7L);
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void twoResourcesOfOneTableAreRefreshedTogether(Refresh mode) {
    Resource[] old = {numbers("a", 5), numbers("b", 6).into("p.a")};
    run(RunOptions.DEFAULT, old).throwIfFailed();

    run(refreshing(mode), numbers("a", 1), numbers("b", 2).into("p.a")).throwIfFailed();

    assertThat(rows("a")).containsExactlyInAnyOrder(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void aResourceThatIsSkippedStaysAsItIs(Refresh mode) {
    run(RunOptions.DEFAULT, numbers("a", 5)).throwIfFailed();
    Resource skipped = numbers("a", 1).writeDisposition(WriteDisposition.SKIP);

    run(refreshing(mode), skipped).throwIfFailed();

    assertThat(rows("a")).containsExactly(5L);
  }

  @Test
  void aTableThatIsLoadedOnceIsDroppedButNotEmptied() {
    Resource once = Resource.of("a", () -> List.of(Map.of("n", 1)));
    Resource[] resources = {once.writeDisposition(WriteDisposition.CREATE_IF_MISSING)};
    run(RunOptions.DEFAULT, numbers("a", 5)).throwIfFailed();

    RunReport refused = run(refreshing(Refresh.DROP_DATA), resources);

    assertThat(refused.error().orElseThrow()).hasMessageContaining("it would stay empty");
    assertThat(rows("a")).containsExactly(5L);
    run(refreshing(Refresh.DROP_RESOURCES), resources).throwIfFailed();
    assertThat(rows("a")).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void aTableThatNoPipelineFilledIsNotRefreshed(Refresh mode) {
    run(RunOptions.DEFAULT, numbers("a", 5)).throwIfFailed();
    destination.table(TableName.parse("p.a")).properties.clear();

    RunReport refused = run(refreshing(mode), numbers("a", 1));

    assertThat(refused.error().orElseThrow()).hasMessageContaining("no pipeline filled it");
    assertThat(rows("a")).containsExactly(5L);
  }

  @Test
  void aRefreshDuringWhichAnotherRunLoadsLeavesWhatThatOneLoaded() {
    pipeline = pipeline.concurrency(Concurrency.DEFAULT.withoutLease());
    run(RunOptions.DEFAULT, numbers("a", 5)).throwIfFailed();
    Pipeline elsewhere = pipeline.workFolder(folder.resolve("elsewhere"));
    Resource slow =
        Resource.of(
            "a",
            () -> {
              elsewhere.run(destination, RunOptions.DEFAULT, numbers("a", 6)).throwIfFailed();
              return List.of(Map.of("n", 1));
            });

    RunReport refused = run(refreshing(Refresh.DROP_DATA), slow);

    assertThat(refused.error().orElseThrow().code()).isEqualTo(ErrorCode.STATE_MOVED);
    assertThat(rows("a")).containsExactly(5L, 6L);
    run(RunOptions.DEFAULT, numbers("a", 5, 6, 7)).throwIfFailed();
    assertThat(rows("a")).containsExactly(5L, 6L, 7L);
  }

  @Test
  void aRefreshThatIsKilledAtItsCommitIsFinishedByTheNextRun() {
    Resource appended = Resource.of("a", () -> List.of(Map.of("n", 1), Map.of("n", 2)));
    run(RunOptions.DEFAULT, appended).throwIfFailed();
    LoadObserver kill =
        new LoadObserver() {
          @Override
          public void committing(LoadId load, TableName table) {
            throw new IllegalStateException("killed");
          }
        };
    RunOptions killed = new RunOptions(Set.of(), kill).withRefresh(Optional.of(Refresh.DROP_DATA));

    assertThatThrownBy(() -> run(killed, appended)).hasMessage("killed");
    run(RunOptions.DEFAULT, appended).throwIfFailed();

    assertThat(rows("a")).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(Refresh.class)
  void childRowsAndRejectedRecordsGoWithTheirTable(Refresh mode) {
    run(RunOptions.DEFAULT, atMostHundred(1, 500)).throwIfFailed();

    run(refreshing(mode), atMostHundred(2, 600)).throwIfFailed();

    assertThat(rows("a")).containsExactly(2L);
    assertThat(destination.rows("p.a__l")).hasSize(1);
    assertThat(destination.values("p.a__quarantine", "reason"))
        .containsExactly("n is 600, expected max 100");
  }

  private static Resource atMostHundred(int good, int bad) {
    Rule most = new Rule.AtMost(BigDecimal.valueOf(100), false);
    ColumnContract column =
        new ColumnContract("n", Optional.empty(), List.of(most), Optional.empty());
    SchemaContract contract =
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.QUARANTINE,
            Optional.empty(),
            List.of(column),
            List.of());
    return Resource.of("a", () -> List.of(record(good), record(bad))).contract(contract);
  }

  private static Map<String, Object> record(int n) {
    return Map.of("n", n, "l", List.of(n));
  }

  @Test
  void i13AResourceThatReplacesForgetsItselfAndNoOther() {
    Resource replacing = numbers("a", 2).writeDisposition(WriteDisposition.REPLACE);
    run(RunOptions.DEFAULT, numbers("a", 1), numbers("b", 1)).throwIfFailed();

    RunReport report = run(RunOptions.DEFAULT, replacing, numbers("b", 1)).throwIfFailed();

    assertThat(rows("a")).containsExactly(2L);
    assertThat(report.resources().get(1).status()).isEqualTo(RunReport.Status.NOTHING_TO_DO);
  }
}
