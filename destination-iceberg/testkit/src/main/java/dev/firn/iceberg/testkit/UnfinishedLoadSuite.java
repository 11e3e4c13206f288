package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Upkeep.StateChange;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.DeleteMode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a load that committed its children and not its root. */
public abstract class UnfinishedLoadSuite extends DeleteModeSuite {
  @Test
  void stateThatMovesAfterTheChildrenWereCommittedTakesThemOutAgain() {
    adaHasAPen();
    TestLoad winner = append().rows(order(3, "cyn")).moving(ResourceState.Slice.NONE, cursor(3));
    LoadPackage sealedWinner = stage(winner);
    TestLoad late = append().rows(order(2, "bob")).moving(ResourceState.Slice.NONE, cursor(2));
    late.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(late);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> commit(winner, sealedWinner));

    assertThatThrownBy(() -> commit(late, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.STATE_MOVED);
    assertThat(lines("product")).containsExactly(List.of("pen"));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
  }

  @Test
  void childrenThatAnotherPipelineMergedMeanwhileGoWithTheRowThatIsReplaced() {
    load(merging(List.of(1, "ada", "pen")));
    TestLoad load = merging(List.of(1, "ADA", "ink"));
    LoadPackage sealed = stage(load);
    TestLoad other = merging(List.of(1, "EVE", "cup")).of("other");
    LoadPackage sealedOther = stage(other);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> commit(other, sealedOther));

    commit(load, sealed);

    assertThat(orders("name")).containsExactly(List.of("ADA"));
    assertThat(lines("product")).containsExactly(List.of("ink"));
  }

  @Test
  void childrenStayWhereOnlyACompactionHasMovedTheirRoot() {
    WriteRules insertOnly = WriteRules.DEFAULT.withStrategy(MergeStrategy.INSERT_ONLY);
    load(merging(List.of(1, "ada", "pen")).by(insertOnly));
    TestLoad load = merging(List.of(2, "bob", "ink")).by(insertOnly);
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> Compaction.run(table(ORDERS)));

    commit(load, sealed);

    assertThat(orders("name")).containsExactlyInAnyOrder(List.of("ada"), List.of("bob"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
    assertThat(snapshots(LINE_COLUMNS.name())).isEqualTo(2);
  }

  private TestLoad merging(List<Object> order) {
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(load, List.of(order));
    return load;
  }

  @Test
  void packageWhoseChildrenAreCommittedIsFinished() {
    TestLoad load = append().rows(order(1, "ada"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    assertThat(lines("product")).hasSize(1);

    commit(load, sealed);

    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void discardUndoesTheChildrenOfAnUnfinishedLoad() {
    adaHasAPen();
    TestLoad load = append().rows(order(2, "bob"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    assertThat(lines("product")).hasSize(2);

    destination.discard(sealed, load.folder(project));

    assertThat(lines("product")).containsExactly(List.of("pen"));
    load(
        append()
            .rows(order(3, "cyn"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pad", 3, 0))));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("pad"));
  }

  @Test
  void unfinishedLoadIsTakenOutFromUnderTheCommitsOfOthers() throws Exception {
    adaHasAPen();
    TestLoad load = append().rows(order(2, "bob"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    table(LINE_COLUMNS.name()).newAppend().commit();

    destination.discard(sealed, load.folder(project));
    destination.discard(sealed, load.folder(project));

    assertThat(lines("product")).containsExactly(List.of("pen"));
    assertThat(snapshots(LINE_COLUMNS.name())).isEqualTo(4);
  }

  @Test
  void nextLoadTakesOutAnUnfinishedOneWhosePackageIsLost() {
    adaHasAPen();
    unfinished(2, "ink");
    TestLoad next = append().rows(order(3, "cyn"));

    load(next.children(LINE_COLUMNS, new int[] {0}, List.of(line("pad", 3, 0))));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("pad"));
  }

  @Test
  void stateStaysWhereALoadIsNotComplete() {
    adaHasAPen();
    String unfinished = unfinished(2, "ink");
    LoadId mark = LoadId.next(Clock.systemUTC());
    StateChange change =
        new StateChange(
            ResourceState.key(TestLoad.PIPELINE, TestLoad.RESOURCE),
            mark,
            now -> now.forgotten(mark.value()));

    assertThatThrownBy(() -> destination.upkeep().changeState(ORDERS, change))
        .hasMessageContaining(unfinished)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.COMMIT_CONFLICT);
    load(append().rows(order(3, "cyn")));

    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void unfinishedLoadWhoseRowsOthersHaveDeletedHoldsNobodyUp() {
    adaHasAPen();
    unfinished(2, "ink");
    Table lines = table(LINE_COLUMNS.name());
    DataFile added = SnapshotChanges.builderFor(lines).build().addedDataFiles().iterator().next();
    lines.newDelete().deleteFile(added).commit();

    load(append().rows(order(3, "cyn")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void unfinishedLoadThatOthersBuiltOnIsNamedWhereWhatWasBeforeItHasExpired() {
    adaHasAPen();
    long before = table(LINE_COLUMNS.name()).currentSnapshot().snapshotId();
    String unfinished = unfinished(2, "ink");
    Compaction.run(table(LINE_COLUMNS.name()));
    expire(table(LINE_COLUMNS.name())).expireSnapshotId(before).commit();

    assertThatThrownBy(() -> load(append().rows(order(3, "cyn"))))
        .hasMessageContaining(unfinished)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.COMMIT_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(DeleteMode.class)
  void unfinishedMergeIsTakenOutFromUnderCompactionsAndAppends(DeleteMode mode) {
    mergeOrders(List.of(List.of(1, "ada", "pen", "ink"), List.of(2, "bob", "pad", "cup")));
    if (mode == DeleteMode.DELETION_VECTORS) {
      table(ORDERS).updateProperties().set("format-version", "3").commit();
      table(LINE_COLUMNS.name()).updateProperties().set("format-version", "3").commit();
    }
    TestLoad load =
        TestLoad.into(KEYED, WriteDisposition.MERGE).by(WriteRules.DEFAULT.withDeleteMode(mode));
    addSet(load, List.of(List.of(2, "BOB", "paper", "cup"), List.of(3, "cyn", "cap")));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    table(LINE_COLUMNS.name()).newAppend().commit();
    if (mode != DeleteMode.COPY_ON_WRITE) {
      Compaction.run(table(LINE_COLUMNS.name()));
    }

    destination.discard(sealed, load.folder(project));

    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("pen"), List.of("ink"), List.of("pad"), List.of("cup"));
    mergeOrders(List.of(List.of(2, "BOB", "paper", "cup"), List.of(3, "cyn", "cap")));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(
            List.of("pen"), List.of("ink"), List.of("paper"), List.of("cup"), List.of("cap"));
  }

  @Test
  void unfinishedLoadIsTakenOutWhereTheSnapshotBeforeItHasExpired() {
    adaHasAPen();
    long before = table(LINE_COLUMNS.name()).currentSnapshot().snapshotId();
    unfinished(2, "ink");
    expire(table(LINE_COLUMNS.name())).expireSnapshotId(before).commit();

    load(append().rows(order(3, "cyn")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void unfinishedLoadThatWasRolledBackByHandHoldsNobodyUp() {
    adaHasAPen();
    long before = table(LINE_COLUMNS.name()).currentSnapshot().snapshotId();
    unfinished(2, "ink");
    table(LINE_COLUMNS.name()).manageSnapshots().rollbackTo(before).commit();
    TestLoad next = append().rows(order(3, "cyn"));

    load(next.children(LINE_COLUMNS, new int[] {0}, List.of(line("pad", 3, 0))));

    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("pad"));
  }

  @Test
  void packageWhoseChildWasRolledBackByHandCommitsItAgain() {
    adaHasAPen();
    long before = table(LINE_COLUMNS.name()).currentSnapshot().snapshotId();
    TestLoad load = append().rows(order(2, "bob"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    table(LINE_COLUMNS.name()).manageSnapshots().rollbackTo(before).commit();

    commit(load, sealed);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
  }

  @Test
  void unfinishedLoadWhoseSnapshotHasExpiredIsFinishedButNotTakenOut() {
    adaHasAPen();
    TestLoad load = append().rows(order(2, "bob"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    table(LINE_COLUMNS.name()).newAppend().commit();
    expireAllButTheCurrent(table(LINE_COLUMNS.name()));

    assertThatThrownBy(() -> destination.discard(sealed, load.folder(project)))
        .hasMessageContaining("its snapshot has expired")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.COMMIT_CONFLICT);
    commit(load, sealed);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
  }

  @Test
  void vectorsThatAnUnfinishedLoadReplacedAreThereAgain() {
    mergeOrders(List.of(List.of(1, "ada", "pen", "ink"), List.of(2, "bob", "pad")));
    Table lines = table(LINE_COLUMNS.name());
    lines.updateProperties().set("format-version", "3").commit();
    mergeOrders(List.of(List.of(1, "ADA", "quill")));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(load, List.of(List.of(2, "BOB", "paper")));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("quill"), List.of("paper"));
    lines.refresh();
    lines.newAppend().commit();

    destination.discard(sealed, load.folder(project));

    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("quill"), List.of("pad"));
  }

  @Test
  void unfinishedMergeIsFinishedOverTablesThatWereCompacted() {
    mergeOrders(List.of(List.of(1, "ada", "pen", "ink"), List.of(2, "bob", "pad")));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(
        load,
        List.of(List.of(1, "ADA", "quill"), List.of(2, "bob", "pad"), List.of(3, "cyn", "cap")));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    Compaction.run(table(ORDERS));
    Compaction.run(table(LINE_COLUMNS.name()));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ADA"), List.of(2L, "bob"), List.of(3L, "cyn"));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("quill"), List.of("pad"), List.of("cap"));
  }

  @Test
  void unfinishedMergeIsFinishedAlsoIfItHadNothingToDoInOneOfItsChildren() {
    TableSchema tags = TableSchema.of(ORDERS.child("tags"), LINE_COLUMNS.columns());
    TestLoad first = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(first, List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad")));
    load(first.children(tags, new int[] {1}, List.of(line("loyal", 2, 0))));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(load, List.of(List.of(1, "ADA", "quill")));
    LoadPackage sealed = stage(load.child(tags));
    stopBetweenChildAndRoot(load, sealed);
    Compaction.run(table(ORDERS));
    Compaction.run(table(LINE_COLUMNS.name()));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ADA"), List.of(2L, "bob"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("quill"), List.of("pad"));
    assertThat(TableContent.rows(table(tags.name()), "product")).containsExactly(List.of("loyal"));
  }

  @Test
  void filesWhoseSnapshotHasExpiredBeforeTheirLoadWasCompleteAreKept() {
    mergeOrders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad")));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(load, List.of(List.of(1, "ADA", "quill"), List.of(2, "bob", "pad")));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    table(LINE_COLUMNS.name()).newAppend().commit();
    expireAllButTheCurrent(table(LINE_COLUMNS.name()));
    leaveOneRow(1, "ada");

    commit(load, sealed);

    assertThat(orders("name")).containsExactlyInAnyOrder(List.of("ADA"), List.of("bob"));
    assertThat(lines("product")).contains(List.of("quill"), List.of("pad"));
  }

  private void mergeOrders(List<List<Object>> orders) {
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(load, orders);
    load(load);
  }

  protected static void expireAllButTheCurrent(Table table) {
    expire(table).expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  private void adaHasAPen() {
    load(
        append()
            .rows(order(1, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));
  }

  protected void stopBetweenChildAndRoot(TestLoad load, LoadPackage sealed) {
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatThrownBy(() -> commit(load, sealed)).isInstanceOf(FirnException.class);
  }

  // A load that stops between the commits of its child and its root.
  private String unfinished(long id, String product) {
    TestLoad load = append().rows(order(id, "unfinished"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line(product, id, 0)));
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    return load.id().value();
  }
}
