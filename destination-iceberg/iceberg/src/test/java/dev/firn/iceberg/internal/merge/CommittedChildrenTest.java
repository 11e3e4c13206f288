package dev.firn.iceberg.internal.merge;

import static dev.firn.iceberg.internal.merge.Row.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

      MergePlan plan = PLANNER.plan(load.request(), committed);
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

      MergePlan plan = PLANNER.plan(load.request(), committed);
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

      MergePlan plan = PLANNER.plan(load.request(), committed);
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

      MergePlan plan = PLANNER.plan(load.request(), committed);
      lake.commit(plan);

      assertThat(committed.of(100, 0)).isEqualTo(Outcome.UNCHANGED);
      assertThat(plan.outcomes().of(100, 0)).isEqualTo(Outcome.UPDATED);
      assertThat(plan.children().get(0).table().added()).isEqualTo(2);
      assertThat(lake.rows()).containsExactly(row, other, third);
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

      MergePlan plan = PLANNER.plan(load.request(), committed);
      lake.commit(plan);

      assertThat(plan.children().get(0).table().staged())
          .allMatch(file -> file.fate() == StagedPlan.Fate.ADD);
      assertThat(lake.rows()).containsExactly(row);
    }
  }

  /** Commits the children only; gives back their outcomes as a package would keep them. */
  private static Outcomes commitChildren(Lake lake, Load load) throws IOException {
    MergePlan plan = PLANNER.plan(load.request());
    plan.children().forEach(child -> lake.commit(child.table()));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    plan.outcomes().write(file);
    Outcomes read = Outcomes.read(new ByteArrayInputStream(file.toByteArray()));
    assertThat(read).isEqualTo(plan.outcomes());
    return read;
  }
}
