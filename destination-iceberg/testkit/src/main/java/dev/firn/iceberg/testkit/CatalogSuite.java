package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Capability;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every catalog must hold: a commit happens once, whatever is lost on the way and whoever else
 * writes. A catalog's test extends this class and thereby runs all suites.
 */
public abstract class CatalogSuite extends FaultSuite {
  /** What the catalog cannot do; its refusal is asserted. */
  protected Set<Capability> missing() {
    return Arrays.stream(Capability.values())
        .filter(provider().capabilities()::lacks)
        .collect(Collectors.toSet());
  }

  @Test
  void formatVersionIsRaisedOnceWhereTheCatalogCan() {
    load(append().rows(order(1, "ada")));
    TableSchema newer =
        ORDER_COLUMNS.withSettings(
            new TableSettings(3, List.of(), 0, List.of(), Map.of(), Map.of()));
    TestLoad load = TestLoad.into(newer, WriteDisposition.APPEND).rows(order(2, "bob"));

    if (missing().contains(Capability.FORMAT_V3)) {
      assertThatThrownBy(() -> stage(load))
          .hasMessageContaining("format version 3, which this catalog cannot hold");
    } else {
      assertThat(load(load).tables().get(0).schemaChanges())
          .containsExactly("~ format-version 2 -> 3");
      assertThat(((HasTableOperations) table(ORDERS)).operations().current().formatVersion())
          .isEqualTo(3);
      assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    }
  }

  @Test
  void repeatedCommitChangesNothing() {
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);
    CommitResult first = commit(load, sealed);
    int commits = catalog.commits();

    CommitResult second = commit(load, sealed);

    assertThat(catalog.commits()).isEqualTo(commits);
    assertThat(second.alreadyDone()).isTrue();
    assertThat(second.tables()).isEqualTo(first.tables());
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void repeatedCommitIsFoundAfterItsSnapshotExpired() {
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);
    commit(load, sealed);
    Table table = table(ORDERS);
    long ours = table.currentSnapshot().snapshotId();
    table.newAppend().commit();
    expire(table).expireSnapshotId(ours).commit();

    CommitResult again = commit(load, sealed);

    assertThat(again.alreadyDone()).isTrue();
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void repeatedCommitIsFoundByItsFilesWhenOthersHaveLoadedSince() {
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);
    commit(load, sealed);
    long ours = table(ORDERS).currentSnapshot().snapshotId();
    load(append().rows(order(2, "bob")));
    expire(table(ORDERS)).expireSnapshotId(ours).commit();

    CommitResult again = commit(load, sealed);
    destination.discard(sealed, load.folder(project));

    assertThat(again.alreadyDone()).isTrue();
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void columnDroppedAndMadeAgainMeanwhileHoldsTheStagedValues() throws Exception {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().deleteColumn("name").commit();
    table(ORDERS).updateSchema().addColumn("name", Types.StringType.get()).commit();

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bob"));
    assertThat(dataFiles()).as("the file under its old ids is gone").hasSize(2);
  }

  @Test
  void specThatIsChangedMeanwhileTakesTheFilesOfTheOldOne() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSpec().addField("name").commit();

    commit(load, sealed);
    load(append().rows(order(3, "cyn")));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"), List.of(3L, "cyn"));
  }

  @Test
  void tableMadeAnewMeanwhileKeepsThePackageWaiting() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.inner().dropTable(TableIdentifier.of("shop", "orders"), false);
    load(append().rows(order(3, "cyn")));

    assertThatThrownBy(() -> commit(load, sealed))
        .hasMessageContaining("is another table now")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.TABLE_REPLACED);
    assertThat(orders("id")).containsExactly(List.of(3L));
  }

  @Test
  void lostAnswerIsLookedUp() {
    load(append().rows(order(1, "ada")));
    catalog.next(CommitFault.LOST_AFTER);

    load(append().rows(order(2, "bob")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(snapshots(ORDERS)).isEqualTo(2);
  }

  @Test
  void lostAnswerOfACreationIsLookedUp() {
    catalog.next(CommitFault.LOST_AFTER);

    load(append().rows(order(1, "ada")));

    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(snapshots(ORDERS)).isEqualTo(1);
  }

  @Test
  void lostRequestIsSentAgain() {
    catalog.next(CommitFault.LOST_BEFORE);
    load(append().rows(order(1, "ada")));
    catalog.next(CommitFault.LOST_BEFORE, CommitFault.LOST_BEFORE);

    load(append().rows(order(2, "bob")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void conflictWithItselfIsRecognised() {
    load(append().rows(order(1, "ada")));
    catalog.next(CommitFault.FALSE_CONFLICT);

    load(append().rows(order(2, "bob")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(snapshots(ORDERS)).isEqualTo(2);
  }

  @Test
  void conflictsAreOvercomeRoundByRound() {
    load(append().rows(order(1, "ada")));
    catalog.next(CommitFault.CONFLICT, CommitFault.CONFLICT);

    load(append().rows(order(2, "bob")));

    assertThat(orders("id")).hasSize(2);
  }

  @Test
  void refusalForGoodEndsTheCommit() {
    catalog.next(CommitFault.FORBIDDEN);
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);

    assertThatThrownBy(() -> commit(load, sealed))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("shop.orders")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
    assertThat(destination.metadata().current(ORDERS)).isEmpty();

    commit(load, sealed);
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void appendOfAnotherWriterBetweenTheRoundsIsKept() {
    load(append().rows(order(1, "ada")));
    catalog.beforeNextCommit(() -> copyLastFile("foreign.parquet"));

    load(append().rows(order(2, "bob")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(1L), List.of(2L));
  }

  // Another engine adds a file of its own: the rows of the last one once more.
  private void copyLastFile(String name) {
    Table table = table(ORDERS);
    DataFile last = SnapshotChanges.builderFor(table).build().addedDataFiles().iterator().next();
    String path = table.locationProvider().newDataLocation(name);
    try (var in = table.io().newInputFile(last.location()).newStream();
        var out = table.io().newOutputFile(path).create()) {
      in.transferTo(out);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    AppendFiles append = table.newAppend();
    append.appendFile(
        org.apache.iceberg.DataFiles.builder(table.spec()).copy(last).withPath(path).build());
    append.commit();
  }

  @Test
  void idTakenByAnotherWriterIsReplacedInStagedFiles() {
    load(append().rows(order(1, "ada")));
    TableSchema wide =
        ORDER_COLUMNS.withColumns(
            List.of(ORDER_COLUMNS.columns().get(0), Column.of("weight", DataType.Simple.LONG)));
    TestLoad load = TestLoad.into(wide, WriteDisposition.APPEND).rows(List.of(2L, 333L));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().addColumn("x", Types.LongType.get()).commit();

    commit(load, sealed);

    assertThat(orders("id", "weight", "x"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null, null), Arrays.asList(2L, 333L, null));
  }

  @Test
  void loserOfTwoCreatorsGoesOnWithTheTableOfTheOther() {
    TableSchema other =
        TableSchema.of(
            ORDERS,
            List.of(
                Column.of("name", DataType.Simple.STRING), Column.of("id", DataType.Simple.LONG)));
    TestLoad first = TestLoad.into(other, WriteDisposition.APPEND).rows(List.of("bob", 2L));
    TestLoad second = append().rows(order(1, "ada"));
    LoadPackage sealedFirst = stage(first);
    LoadPackage sealedSecond = stage(second);
    commit(first, sealedFirst);

    commit(second, sealedSecond);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"));
  }

  @Test
  void loserOfTwoCreatorsInOneMomentGoesOnToo() {
    TestLoad first = append().rows(order(2, "bob"));
    TestLoad second = append().rows(order(1, "ada"));
    LoadPackage sealedFirst = stage(first);
    LoadPackage sealedSecond = stage(second);
    catalog.beforeNextCommit(() -> commit(first, sealedFirst));

    commit(second, sealedSecond);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void movedStateStopsTheCommit() {
    load(append().rows(order(1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    TestLoad late = append().rows(order(2, "bob")).moving(cursor(1), cursor(2));
    LoadPackage sealed = stage(late);
    load(append().rows(order(3, "cyn")).moving(cursor(1), cursor(3)));

    assertThatThrownBy(() -> commit(late, sealed))
        .isInstanceOf(FirnException.class)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.STATE_MOVED);
    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(3));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void stateThatMovesBetweenTwoLooksIsSeen(int looks) {
    load(append().rows(order(1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    TestLoad winner = append().rows(order(3, "cyn")).moving(cursor(1), cursor(3));
    LoadPackage sealedWinner = stage(winner);
    TestLoad late = append().rows(order(2, "bob")).moving(cursor(1), cursor(2));
    LoadPackage sealed = stage(late);
    catalog.afterLooks(looks, () -> commit(winner, sealedWinner));

    assertThatThrownBy(() -> commit(late, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.STATE_MOVED);
    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(3));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
  }

  @Test
  void writersOfTwoPipelinesLoseNothing() throws Exception {
    load(append().rows(order(0, "first")));
    try (Destination other =
        IcebergDestinationProvider.of(provider().open(config()), destination.identity())) {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      Future<?> mine = threads.submit(() -> appendSome(destination, "one", 10));
      Future<?> theirs = threads.submit(() -> appendSome(other, "two", 20));
      threads.shutdown();
      mine.get();
      theirs.get();
    }

    assertThat(orders("id")).hasSize(9).doesNotHaveDuplicates();
    LiveTable live = destination.metadata().current(ORDERS).orElseThrow();
    assertThat(live.state("one", TestLoad.RESOURCE).orElseThrow().version()).isEqualTo(4);
    assertThat(live.state("two", TestLoad.RESOURCE).orElseThrow().version()).isEqualTo(4);
  }

  private void appendSome(Destination to, String pipeline, long firstId) {
    for (int i = 0; i < 4; i++) {
      TestLoad load = append().of(pipeline).rows(order(firstId + i, pipeline));
      to.commit(load.stage(to, project), load.folder(project), LoadObserver.NONE);
    }
  }

  @Test
  void silenceIsAnOutcomeOfItsOwn() throws Exception {
    load(append().rows(order(1, "ada")));
    CommitFault[] silence = new CommitFault[6];
    Arrays.fill(silence, CommitFault.LOST_BEFORE);
    catalog.next(silence);
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);

    assertThatThrownBy(() -> commit(load, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    destination.discard(sealed, load.folder(project));
    assertThat(dataFiles()).as("a commit of them may still arrive").hasSize(2);

    commit(load, sealed);
    assertThat(orders("id")).hasSize(2);
  }

  @Test
  void droppedTableKeepsThePackageWaiting() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.inner().dropTable(TableIdentifier.of("shop", "orders"), false);

    assertThatThrownBy(() -> commit(load, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.TABLE_REPLACED);
  }

  @Test
  void namespacesNest() {
    TableName deep = TableName.parse("a.b.c.orders");
    TableSchema schema = new TableSchema(deep, ORDER_COLUMNS.columns(), List.of(), List.of());
    TestLoad load = TestLoad.into(schema, WriteDisposition.APPEND).rows(order(1, "ada"));
    if (missing().contains(Capability.NESTED_NAMESPACES)) {
      assertThatThrownBy(() -> load(load))
          .hasMessageContaining("has one level of them")
          .extracting(e -> ((FirnException) e).code())
          .isEqualTo(ErrorCode.INVALID_CONFIG);
      return;
    }

    load(load);

    assertThat(TableContent.rows(table(deep), "id")).containsExactly(List.of(1L));
    assertThat(destination.metadata().tables()).containsExactly(deep);
  }
}
