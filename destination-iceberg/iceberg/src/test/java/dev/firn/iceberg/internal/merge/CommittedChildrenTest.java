package dev.firn.iceberg.internal.merge;

import static dev.firn.iceberg.internal.merge.Row.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/** Children are committed, then another writer changes the root before it is. */
class CommittedChildrenTest {
  private static final MergePlanner PLANNER = new MergePlanner(1 << 20);

  @Test
  void nothingIsAddedTwiceWhenTheRootDidNotMove() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, Row.of(1, 10, item("a"))).merge();
      Load load = Load.of(lake, Row.of(1, 11, item("b", "p")), Row.of(2, 20, item("c")));
      Outcomes committed = commitChildren(lake, load);

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(plan.outcomes()).isEqualTo(committed);
      assertThat(plan.children()).allMatch(child -> child.table().nothingToDo());
      assertThat(lake.rows())
          .containsExactly(Row.of(1, 11, item("b", "p")), Row.of(2, 20, item("c")));
    }
  }

  @Test
  void aRowThatAnotherLoadInsertedMeanwhileIsReplacedWithItsChildren() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Load load = Load.of(lake, Row.of(1, 11, item("mine", "p")));
      Outcomes committed = commitChildren(lake, load);
      Load.of(lake, Row.of(1, 99, item("theirs", "q"), item("more"))).merge();

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(plan.outcomes().of(100, 0)).isEqualTo(Outcome.UPDATED);
      assertThat(plan.children().get(0).deleted()).isEqualTo(2);
      assertThat(lake.rows()).containsExactly(Row.of(1, 11, item("mine", "p")));
    }
  }

  @Test
  void aRowThatBecameEqualMeanwhileIsReplacedAllTheSame() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 11, item("same", "p"));
      Load load = Load.of(lake, row);
      Outcomes committed = commitChildren(lake, load);
      Load.of(lake, row).merge();

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(plan.outcomes().of(100, 0)).isEqualTo(Outcome.UPDATED);
      assertThat(lake.rows()).containsExactly(row);
    }
  }

  @Test
  void aRowThatIsNoLongerUnchangedGetsItsChildrenBack() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 11, item("a", "p", "q"), item("b"));
      Row other = Row.of(2, 20, item("other", "r"));
      Row third = Row.of(3, 30, item("third"), item("t"), item("t"));
      Load.of(lake, row).merge();
      Load load = Load.of(lake, row, other, third);
      Outcomes committed = commitChildren(lake, load);
      Load.of(lake, Row.of(1, 5, item("x"))).merge();

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(committed.of(100, 0)).isEqualTo(Outcome.UNCHANGED);
      assertThat(plan.outcomes().of(100, 0)).isEqualTo(Outcome.UPDATED);
      assertThat(plan.children().get(0).table().added()).isEqualTo(2);
      assertThat(lake.rows()).containsExactly(row, other, third);
    }
  }

  @Test
  void aChildThatWasNotCommittedFollowsTheRootAsItIs() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 11, item("a", "p", "q"));
      Row other = Row.of(2, 20, item("other", "r"));
      Load.of(lake, row, Row.of(2, 5, item("old", "s"))).merge();
      Load load = Load.of(lake, row, other);
      Outcomes committed = commitItems(lake, load);
      Load.of(lake, Row.of(1, 5, item("x", "y"))).merge();

      MergePlan plan = PLANNER.plan(load.request(), Map.of(Lake.ITEMS, committed));
      lake.commit(plan);

      assertThat(lake.rows()).containsExactly(row, other);
    }
  }

  @Test
  void childrenOfThisLoadStayWhenAnotherWriterHasMovedThem() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Row kept = Row.of(2, 20, item("kept", "r"));
      Load.of(lake, Row.of(1, 10, item("old", "p")), kept).merge();
      Load load = Load.of(lake, Row.of(1, 11, item("new", "q")), kept);
      Outcomes committed = commitChildren(lake, load);
      compact(lake, Lake.ITEMS);
      compact(lake, Lake.PARTS);
      compact(lake, Lake.ORDERS);

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(lake.rows()).containsExactly(Row.of(1, 11, item("new", "q")), kept);
    }
  }

  @Test
  void childrenThatWereLeftOutWithTheirFileComeBackWithIt() throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Row row = Row.of(1, 11, item("a", "p"));
      Load.of(lake, row).merge();
      Load load = Load.of(lake, row);
      Outcomes committed = commitChildren(lake, load);
      Load.of(lake, Row.of(1, 5)).merge();

      MergePlan plan = PLANNER.plan(load.request(), inAllChildren(committed));
      lake.commit(plan);

      assertThat(plan.children().get(0).table().staged())
          .allMatch(file -> file.fate() == StagedPlan.Fate.ADD);
      assertThat(lake.rows()).containsExactly(row);
    }
  }

  /** Another writer's compaction: all rows of a table in one file of its own. */
  private static void compact(Lake lake, TableName name) throws IOException {
    Table table = lake.table(name);
    GenericRecord unpartitioned = GenericRecord.create(table.schema());
    DataFile whole = Lake.write(table, "whole", unpartitioned, lake.read(name));
    RewriteFiles rewrite =
        table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> rewrite.deleteFile(task.file()));
    }
    rewrite.addFile(whole).commit();
  }

  private static Map<TableName, Outcomes> inAllChildren(Outcomes committed) {
    return Map.of(Lake.ITEMS, committed, Lake.PARTS, committed);
  }

  /** Commits the children only; gives back their outcomes as a package would keep them. */
  private static Outcomes commitChildren(Lake lake, Load load) throws IOException {
    MergePlan plan = PLANNER.plan(load.request());
    plan.children().forEach(child -> lake.commit(child.table()));
    return stored(plan);
  }

  private static Outcomes commitItems(Lake lake, Load load) throws IOException {
    MergePlan plan = PLANNER.plan(load.request());
    lake.commit(plan.children().get(0).table());
    return stored(plan);
  }

  private static Outcomes stored(MergePlan plan) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    plan.outcomes().write(file);
    Outcomes read = Outcomes.read(new ByteArrayInputStream(file.toByteArray()));
    assertThat(read).isEqualTo(plan.outcomes());
    return read;
  }
}
