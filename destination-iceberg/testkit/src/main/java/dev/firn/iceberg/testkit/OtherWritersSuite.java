package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load is in its tables once and whole, whoever else writes to them meanwhile. */
public abstract class OtherWritersSuite extends OnceSuite {
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
  void writersInTwoProcessesLoseNothing() throws Exception {
    load(append().rows(order(0, "first")));

    try (WriterProcess one = WriterProcess.start(provider(), config(), "one", 10);
        WriterProcess two = WriterProcess.start(provider(), config(), "two", 20)) {
      one.go();
      two.go();
      one.awaitEnd();
      two.awaitEnd();
    }

    assertThat(orders("id")).hasSize(1 + 2 * WriterProcess.LOADS).doesNotHaveDuplicates();
    assertThat(snapshots(ORDERS)).isEqualTo(1 + 2 * WriterProcess.LOADS);
    LiveTable live = destination.metadata().current(ORDERS).orElseThrow();
    for (String pipeline : List.of("one", "two")) {
      assertThat(live.state(pipeline, TestLoad.RESOURCE).orElseThrow().version())
          .isEqualTo(WriterProcess.LOADS);
    }
  }
}
