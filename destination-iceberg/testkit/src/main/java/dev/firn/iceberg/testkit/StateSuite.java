package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.destination.Upkeep.StateChange;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.state.LoadedWindows.Entry;
import dev.firn.state.LoadedWindows.Progress;
import dev.firn.state.LoadedWindows.Window;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/** What tables remember: how it outlives what happens to them, and how it is changed by hand. */
public abstract class StateSuite extends DestinationFixture {
  private static final String KEY = ResourceState.key(TestLoad.PIPELINE, TestLoad.RESOURCE);

  private TestLoad moving(long from, long to) {
    ResourceState.Slice before = from == 0 ? ResourceState.Slice.NONE : cursor(from);
    return append().rows(order(to, "row")).moving(before, cursor(to));
  }

  private static StateChange change(UnaryOperator<ResourceState> next) {
    LoadId mark = LoadId.next(Clock.systemUTC());
    return new StateChange(KEY, mark, state -> state.replacedBy(next.apply(state), mark.value()));
  }

  private static ResourceState at(ResourceState state, long value) {
    return new ResourceState(state.version(), cursor(value).cursor(), state.files(), "");
  }

  @Test
  void stateOutlivesTheExpiryOfItsSnapshot() {
    load(moving(0, 1));
    Table table = table(ORDERS);
    long ours = table.currentSnapshot().snapshotId();
    table.newAppend().commit();
    expire(table).expireSnapshotId(ours).commit();

    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(1));
    load(moving(1, 2));
    assertThat(state().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void stateOutlivesForeignCommitsAndCompactions() {
    load(moving(0, 1));
    load(moving(1, 2));
    Table table = table(ORDERS);
    Set<DataFile> files = files(table);
    RewriteFiles rewrite = table.newRewrite();
    files.forEach(rewrite::deleteFile);
    files.forEach(rewrite::addFile);
    rewrite.commit();
    table.updateProperties().set("owner", "somebody").commit();
    table.rewriteManifests().clusterBy(file -> "all").commit();

    load(moving(2, 3));

    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(3));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L), List.of(3L));
  }

  private static Set<DataFile> files(Table table) {
    Set<DataFile> files = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stateIsChangedByHandInOneCommitWithoutRows() {
    load(moving(0, 5));
    int snapshots = snapshots(ORDERS);

    ResourceState set = destination.upkeep().changeState(ORDERS, change(state -> at(state, 3)));

    assertThat(set.slice()).isEqualTo(cursor(3));
    assertThat(set.version()).isEqualTo(2);
    assertThat(state()).contains(set);
    assertThat(snapshots(ORDERS)).isEqualTo(snapshots + 1);
    assertThat(orders("id")).containsExactly(List.of(5L));
    load(moving(3, 6));
    assertThat(state().orElseThrow().version()).isEqualTo(3);
  }

  @Test
  void stateChangedByHandWithLostAnswersIsChangedOnce() {
    load(moving(0, 5));

    for (CommitFault fault : CommitFault.values()) {
      catalog.next(fault);
      ResourceState before = state().orElseThrow();
      StateChange change = change(state -> at(state, 3));
      try {
        destination.upkeep().changeState(ORDERS, change);
      } catch (FirnException e) {
        assertThat(e.code()).isNotEqualTo(ErrorCode.BUG);
      }
      catalog.calm();
      ResourceState after = destination.upkeep().changeState(ORDERS, change);

      assertThat(after.version()).as(fault.toString()).isEqualTo(before.version() + 1);
    }
  }

  @Test
  void loadExtractedBeforeAChangeByHandIsRefused() {
    load(moving(0, 5));
    TestLoad late = moving(5, 6);
    var sealed = stage(late);
    destination.upkeep().changeState(ORDERS, change(state -> at(state, 3)));

    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> commit(late, sealed))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MOVED));
    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(3));
  }

  @Test
  void emptyingKeepsTheTableAndItsHistory() {
    load(moving(0, 1).children(LINE_COLUMNS, new int[] {1}, List.of(line("pen", 1, 0))));
    String uuid = destination.metadata().current(ORDERS).orElseThrow().uuid();
    int snapshots = snapshots(ORDERS);

    destination.upkeep().empty(ORDERS, List.of(change(state -> ResourceState.NONE)));

    assertThat(orders("id")).isEmpty();
    assertThat(lines("product")).isEmpty();
    assertThat(state().orElseThrow().slice()).isEqualTo(ResourceState.Slice.NONE);
    assertThat(destination.metadata().current(ORDERS).orElseThrow().uuid()).isEqualTo(uuid);
    assertThat(snapshots(ORDERS)).isEqualTo(snapshots + 1);
    load(moving(0, 2).children(LINE_COLUMNS, new int[] {1}, List.of(line("ink", 2, 0))));
    assertThat(lines("product")).containsExactly(List.of("ink"));
  }

  @Test
  void emptyingThatEndsBeforeTheRootIsUndoneByTheNextLoad() {
    load(moving(0, 1).children(LINE_COLUMNS, new int[] {1}, List.of(line("pen", 1, 0))));
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(
            () -> destination.upkeep().empty(ORDERS, List.of(change(state -> ResourceState.NONE))));
    assertThat(lines("product")).isEmpty();

    load(moving(1, 2).children(LINE_COLUMNS, new int[] {1}, List.of(line("ink", 2, 0))));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
  }

  @Test
  void emptyingThatIsTooLateChangesNothing() {
    load(moving(0, 1).children(LINE_COLUMNS, new int[] {1}, List.of(line("pen", 1, 0))));
    StateChange refused =
        change(
            state -> {
              throw new FirnException(ErrorCode.STATE_MOVED, "too late", "Run again.");
            });

    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> destination.upkeep().empty(ORDERS, List.of(refused)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MOVED));

    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void droppingTakesChildTablesAlong() {
    load(moving(0, 1).children(LINE_COLUMNS, new int[] {1}, List.of(line("pen", 1, 0))));

    destination.upkeep().drop(ORDERS);
    destination.upkeep().drop(ORDERS);

    assertThat(destination.metadata().current(ORDERS)).isEmpty();
    assertThat(destination.metadata().current(LINE_COLUMNS.name())).isEmpty();
    load(moving(0, 2));
    assertThat(orders("id")).containsExactly(List.of(2L));
  }

  @Test
  void changeOfAMissingTablesStateIsRefused() {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(
            () -> destination.upkeep().changeState(ORDERS, change(state -> ResourceState.NONE)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG));
  }

  @Test
  void windowsOfOneResourceMoveApartFromEachOther() {
    TestLoad second = append().rows(order(2, "b")).moving(none(2), done(2));
    var sealed = stage(second);
    load(append().rows(order(1, "a")).moving(none(1), done(1)));

    commit(second, sealed);

    assertThat(state().orElseThrow().windows().done()).containsExactly(new Window(day(1), day(3)));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    TestLoad again = append().rows(order(1, "a")).moving(none(1), done(1));
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> load(again))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MOVED));
  }

  private static Instant day(int day) {
    return Instant.parse("2024-01-%02dT00:00:00Z".formatted(day));
  }

  private static ResourceState.Slice none(int day) {
    return slice(day, Progress.NONE);
  }

  private static ResourceState.Slice done(int day) {
    return slice(day, Progress.DONE);
  }

  private static ResourceState.Slice slice(int day, Progress progress) {
    Entry entry = new Entry(new Window(day(day), day(day + 1)), progress);
    return new ResourceState.Slice(Optional.empty(), Optional.empty(), Optional.of(entry));
  }
}
