package dev.firn.iceberg.internal.merge;

import static dev.firn.iceberg.internal.merge.Row.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.batch.BatchSet.Run;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import dev.firn.iceberg.internal.merge.StagedPlan.Fate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class MergePlannerTest {
  private static final PartitionSpec BY_REGION =
      PartitionSpec.builderFor(Lake.ORDER_COLUMNS).identity("region").build();

  @Test
  void insertsIntoAnEmptyTable() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row one = Row.of(1, 10, item("a", "x", "y"), item("b"));
      Row two = Row.of(2, 20);

      MergePlan plan = Load.of(lake, one, two).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(2, 0, 0, 0));
      assertThat(lake.rows()).containsExactly(one, two);
    }
  }

  @Test
  void replacesChangedRowsAndKeepsTheOthers() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row kept = Row.of(2, 20, item("k", "1"));
      Row other = Row.of(3, 30, item("c"));
      Row changed = Row.of(1, 11, item("b", "y", "z"));
      Load.of(lake, Row.of(1, 10, item("a", "x")), kept, other).merge();

      MergePlan plan = Load.of(lake, changed, Row.of(4, 40)).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 0, 0));
      assertThat(plan.children().get(0).deleted()).isEqualTo(1);
      assertThat(plan.children().get(1).inserted()).isEqualTo(2);
      assertThat(lake.rows()).containsExactly(changed, kept, other, Row.of(4, 40));
    }
  }

  @Test
  void leavesAnUnchangedRowAndItsChildrenUntouched() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row same = Row.of(1, 10, item("a", "x", "y"), item("b"));
      Load.of(lake, same).merge();
      Snapshot before = lake.orders().currentSnapshot();

      MergePlan plan = Load.of(lake, same).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 0, 1, 0));
      assertThat(plan.children()).allMatch(child -> child.unchanged() == 2);
      assertThat(plan.nothingToDo()).isTrue();
      assertThat(plan.root().staged()).allMatch(file -> file.fate() == Fate.LEAVE_OUT);
      assertThat(lake.orders().currentSnapshot()).isEqualTo(before);
      assertThat(lake.rows()).containsExactly(same);
    }
  }

  @Test
  void replacesARowOfWhichOnlyAChildChanged() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10, item("a", "x"), item("b", "y"))).merge();
      Row changed = Row.of(1, 10, item("a", "x"), item("b", "z"));

      MergePlan plan = Load.of(lake, changed).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 1, 0, 0));
      assertThat(lake.rows()).containsExactly(changed);
    }
  }

  @Test
  void replacesARowWithoutAHash() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 10);
      lake.append(Lake.ORDERS, List.of(order("eu", 1L, 10L, null, null, null)));

      MergePlan plan = Load.of(lake, row).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 1, 0, 0));
      assertThat(lake.rows()).containsExactly(row);
    }
  }

  @Test
  void theLastRowOfAKeyWinsByItsPlaceInTheInput() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row last = Row.of(1, 4, item("winner", "w"));
      Load load =
          new Load(lake, 3)
              .set(List.of(new Run(2, 7, 1)), List.of(last))
              .set(
                  List.of(new Run(1, 5, 1), new Run(0, 9, 1)),
                  List.of(Row.of(1, 3, item("late", "l", "l")), Row.of(1, 2, item("early"))))
              .set(List.of(new Run(2, 6, 1)), List.of(Row.of(1, 1, item("a"), item("b"))));

      MergePlan plan = load.merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 0, 3));
      assertThat(plan.children().get(0).inserted()).isEqualTo(1);
      assertThat(plan.root().staged()).allMatch(file -> file.fate() == Fate.REWRITE);
      assertThat(lake.rows()).containsExactly(last);
    }
  }

  @Test
  void removesFewDeadRowsByDeletesOnTheNewFile() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10, item("a"))).merge();

      MergePlan plan =
          Load.of(lake, Row.of(1, 10, item("a")), Row.of(2, 20, item("b")), Row.of(3, 30)).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(2, 0, 1, 0));
      assertThat(plan.root().staged()).allMatch(file -> file.fate() == Fate.ADD_WITH_DELETES);
      assertThat(lake.rows())
          .containsExactly(Row.of(1, 10, item("a")), Row.of(2, 20, item("b")), Row.of(3, 30));
    }
  }

  @Test
  void matchesByAllColumnsOfACompoundKey() {
    try (Lake lake = Lake.keyedBy("region", "id")) {
      Row eu = new Row("eu", 1, 10, List.of(item("a")));
      Row us = new Row("us", 1, 20, List.of(item("b")));
      Row newUs = new Row("us", 1, 21, List.of(item("c")));
      Load.of(lake, eu, us).merge();

      MergePlan plan = Load.of(lake, newUs, new Row("us", 2, 5, List.of())).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 0, 0));
      assertThat(lake.rows()).containsExactly(eu, newUs, new Row("us", 2, 5, List.of()));
    }
  }

  @Test
  void aRowThatMovesToAnotherPartitionIsThereOnce() {
    try (Lake lake = Lake.partitioned(BY_REGION, "id")) {
      Row stays = new Row("eu", 2, 20, List.of(item("s")));
      Row moved = new Row("us", 1, 10, List.of(item("a")));
      Load.of(lake, new Row("eu", 1, 10, List.of(item("a"))), stays).merge();

      MergePlan plan = Load.of(lake, moved, new Row(null, 3, 1, List.of())).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 0, 0));
      assertThat(lake.rows()).containsExactly(stays, new Row(null, 3, 1, List.of()), moved);
    }
  }

  @Test
  void readsNoPartitionThatCannotHoldAKey() {
    PartitionSpec byId = PartitionSpec.builderFor(Lake.ORDER_COLUMNS).bucket("id", 4).build();
    try (Lake lake = Lake.partitioned(byId, "id")) {
      Row[] rows = LongStream.range(1, 40).mapToObj(id -> Row.of(id, 1)).toArray(Row[]::new);
      Load.of(lake, rows).merge();
      Table orders = lake.orders();
      int home = Transforms.bucket(4).bind(Types.LongType.get()).apply(20L);
      for (DataFile file : Lake.added(orders, orders.currentSnapshot())) {
        if (file.partition().get(0, Integer.class) != home) {
          Lake.lose(orders, file);
        }
      }

      MergePlan plan = Load.of(lake, Row.of(20, 2)).plan();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 1, 0, 0));
    }
  }

  @Test
  void readsNoFileWhoseBoundsLieBetweenTheKeys() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 1), Row.of(9, 1)).merge();
      Load.of(lake, Row.of(10, 1), Row.of(19, 1)).merge();
      Load.of(lake, Row.of(20, 1), Row.of(29, 1)).merge();
      Table orders = lake.orders();
      Snapshot second = orders.snapshot(orders.currentSnapshot().parentId());
      Lake.lose(orders, Lake.added(orders, second).get(0));

      MergePlan plan = Load.of(lake, Row.of(9, 2), Row.of(20, 2)).plan();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 2, 0, 0));
    }
  }

  @Test
  void rowsDeletedBeforeAreNotThere() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10, item("a")), Row.of(2, 20)).merge();
      Load.of(lake, Row.of(1, 11, item("b"))).merge();

      MergePlan plan = Load.of(lake, Row.of(1, 10, item("a"))).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 1, 0, 0));
      assertThat(plan.root().deleted()).isEqualTo(1);
      assertThat(plan.children().get(0).deleted()).isEqualTo(1);
      assertThat(lake.rows()).containsExactly(Row.of(1, 10, item("a")), Row.of(2, 20));
    }
  }

  @Test
  void rowsThatAnotherWriterDeletedByValueAreNotThere() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row gone = Row.of(1, 10);
      Load.of(lake, gone, Row.of(2, 20)).merge();
      Table orders = lake.orders();
      Record value = Lake.record(orders.schema().select("id"), 1L);
      orders.newRowDelta().addDeletes(Lake.equalityDeletes(orders, 2, value)).commit();

      MergePlan plan = Load.of(lake, gone, Row.of(2, 20)).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 1, 0));
      assertThat(lake.rows()).containsExactly(gone, Row.of(2, 20));
    }
  }

  @Test
  void deletesOfAFileAreReadOnceForAllPasses() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10), Row.of(2, 20)).merge();
      Table orders = lake.orders();
      Record value = Lake.record(orders.schema().select("id"), 1L);
      DeleteFile deletes = Lake.equalityDeletes(orders, 2, value);
      orders.newRowDelta().addDeletes(deletes).commit();
      TargetFile file = TargetFile.scan(lake.orders(), List.of(), any -> true).get(0);
      DeadRows dead = new DeadRows(lake.orders());

      assertThat(dead.of(file).test(0)).isTrue();
      orders.io().deleteFile(deletes.location());

      assertThat(dead.of(file).test(0)).isTrue();
      assertThat(dead.of(file).test(1)).isFalse();
    }
  }

  @Test
  void memoryForKeysGrowsWithTheHeap() {
    assertThat(MergePlanner.budgetBytes(512L << 20)).isEqualTo(64L << 20);
    assertThat(MergePlanner.budgetBytes(8L << 30)).isEqualTo(1L << 30);
    assertThat(MergePlanner.budgetBytes(64L << 20)).isEqualTo(16L << 20);
  }

  @Test
  void rowsUnderADeletionVectorAreNotThere() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10), Row.of(2, 20)).merge();
      Table orders = lake.orders();
      orders.updateProperties().set("format-version", "3").commit();
      DataFile file = Lake.added(orders, orders.currentSnapshot()).get(0);
      BaseDVFileWriter vectors =
          new BaseDVFileWriter(OutputFileFactory.builderFor(orders, 1, 1).build(), any -> null);
      vectors.delete(file.location(), 0, orders.spec(), file.partition());
      vectors.close();
      RowDelta delta = orders.newRowDelta();
      vectors.result().deleteFiles().forEach(delta::addDeletes);
      delta.commit();

      MergePlan plan = Load.of(lake, Row.of(1, 10), Row.of(2, 20)).plan();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 1, 0));
    }
  }

  @Test
  void mergesByVectorsIntoATableOfVersion3() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row[] rows =
          LongStream.range(1, 9).mapToObj(id -> Row.of(id, 1, item("a"))).toArray(Row[]::new);
      Load.of(lake, rows).merge();
      Load.of(lake, Row.of(1, 2, item("b")), rows[1], rows[2], Row.of(9, 1)).merge();
      lake.version3();
      Load.of(lake, Row.of(2, 3), rows[2], Row.of(10, 1), Row.of(11, 1)).merge();

      MergePlan plan = Load.of(lake, Row.of(3, 4, item("c", "p")), Row.of(10, 5)).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 2, 0, 0));
      assertThat(lake.rows())
          .contains(Row.of(1, 2, item("b")), Row.of(2, 3), Row.of(3, 4, item("c", "p")))
          .contains(rows[3], Row.of(9, 1), Row.of(10, 5), Row.of(11, 1))
          .hasSize(11);
    }
  }

  @Test
  void severalRowsOfOneKeyInTheTableBecomeOne() {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 10, item("a"));
      Load.of(lake, row).merge();
      lake.append(
          Lake.ORDERS,
          List.of(
              order("eu", 1L, 10L, null, null, row.rowHash()),
              order("eu", 1L, 9L, null, null, null)));

      MergePlan plan = Load.of(lake, row).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(0, 1, 0, 0));
      assertThat(plan.root().deleted()).isEqualTo(3);
      assertThat(lake.rows()).containsExactly(row);
    }
  }

  @Test
  void rowsOfOtherWritersWithoutAKeyStay() {
    try (Lake lake = Lake.keyedBy("region", "id")) {
      lake.append(Lake.ORDERS, List.of(order(null, 1L, 5L, null, null, null)));

      MergePlan plan = Load.of(lake, new Row("eu", 1, 10, List.of())).merge();

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 0, 0));
      assertThat(lake.rows()).hasSize(2);
    }
  }

  @Test
  void aNullInAKeyIsAnErrorThatNamesItsPlace() {
    try (Lake lake = Lake.keyedBy("region", "id")) {
      Load load = Load.of(lake, new Row(null, 1, 10, List.of()));

      assertThatThrownBy(load::plan)
          .hasMessage("Table shop.orders: key column 'region' is null.")
          .extracting(error -> ((FirnException) error).code())
          .isEqualTo(ErrorCode.BAD_KEY_VALUE);
    }
  }

  @Test
  void plansForATableThatIsNotThereYet() {
    try (Lake lake = Lake.keyedBy("id")) {
      MergeRequest request = Load.of(lake, Row.of(1, 10), Row.of(1, 11)).request();
      MergeTable root = request.root();
      MergeTable absent =
          new MergeTable(
              root.name(), Optional.empty(), root.storage(), root.schema(), root.staged());

      MergePlan plan =
          new MergePlanner()
              .plan(
                  new MergeRequest(
                      request.loadId(), request.key(), absent, List.of(), request.sets()));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 0, 1));
      assertThat(plan.outcomes().rootSnapshot()).isEmpty();
    }
  }

  @Test
  void readsNoChildFileOfOtherLoads() {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10, item("a"))).merge();
      Load.of(lake, Row.of(2, 20, item("b"))).merge();
      Table items = lake.table(Lake.ITEMS);
      Lake.lose(items, Lake.added(items, items.snapshots().iterator().next()).get(0));

      MergePlan plan = Load.of(lake, Row.of(2, 21, item("c"))).plan();

      assertThat(plan.children().get(0).deleted()).isEqualTo(1);
    }
  }

  private static Record order(Object... values) {
    return Lake.record(Lake.ORDER_COLUMNS, values);
  }
}
