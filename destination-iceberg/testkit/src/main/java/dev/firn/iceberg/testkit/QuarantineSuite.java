package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that are kept beside a table come and go with the load of their root. */
public abstract class QuarantineSuite extends LeaseSuite {
  private static final TableName ASIDE = QuarantineTable.of(ORDERS);
  private static final Set<LoadId> NO_LOADS = Set.of();

  private List<List<@Nullable Object>> aside() {
    return TableContent.rows(table(ASIDE), QuarantineTable.PAYLOAD);
  }

  @Test
  void theQuarantineOnlyGrowsWhateverBecomesOfTheTable() {
    load(append().rows(order(1, "ada")).aside("a"));
    load(replace().rows(order(2, "bob")).aside("b", "c"));
    TestLoad merge = TestLoad.into(KEYED, WriteDisposition.MERGE);
    addSet(merge, List.of(List.of(2, "BOB")));
    CommitResult result = load(merge.aside("d"));

    assertThat(aside())
        .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
    assertThat(orders("name")).contains(List.of("BOB")).doesNotContain(List.of("ada"));
    assertThat(result.tables())
        .filteredOn(table -> table.table().equals(ASIDE))
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.operation()).isEqualTo("append");
              assertThat(table.inserted()).isEqualTo(1);
            });
    assertThat(destination.metadata().current(ORDERS).orElseThrow().children())
        .doesNotContain(ASIDE);
  }

  @Test
  void aLoadOfWhichNothingIsLoadedIsCompleteWithItsRoot() {
    TestLoad load = append().rowsOf(List.of()).aside("a");
    LoadPackage sealed = stage(load);

    commit(load, sealed);
    CommitResult again = commit(load, sealed);

    assertThat(aside()).containsExactly(List.of("a"));
    assertThat(again.alreadyDone()).isTrue();
    assertThat(state()).hasValueSatisfying(state -> assertThat(state.version()).isEqualTo(1));
  }

  @Test
  void aPackageWhoseQuarantineIsCommittedIsFinished() {
    TestLoad load = append().rows(order(1, "ada")).aside("a");
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);
    assertThat(aside()).hasSize(1);

    commit(load, sealed);

    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(aside()).containsExactly(List.of("a"));
  }

  @Test
  void discardTakesTheQuarantineOfAnUnfinishedLoadBack() {
    load(append().rows(order(1, "ada")).aside("a"));
    TestLoad load = append().rows(order(2, "bob")).aside("b");
    LoadPackage sealed = stage(load);
    stopBetweenChildAndRoot(load, sealed);

    destination.discard(sealed, load.folder(project));

    assertThat(aside()).containsExactly(List.of("a"));
  }

  @Test
  void theNextLoadTakesBackWhatALostPackageHadKept() {
    load(append().rows(order(1, "ada")).aside("a"));
    TestLoad lost = append().rows(order(2, "bob")).aside("b");
    stopBetweenChildAndRoot(lost, stage(lost));

    load(append().rows(order(3, "cyn")).aside("c"));

    assertThat(aside()).containsExactlyInAnyOrder(List.of("a"), List.of("c"));
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
  }

  @Test
  void stateThatMovesTakesTheQuarantineOfTheLateLoadOut() {
    load(append().rows(order(1, "ada")).aside("a"));
    TestLoad winner = append().rows(order(3, "cyn")).moving(ResourceState.Slice.NONE, cursor(3));
    LoadPackage sealedWinner = stage(winner);
    TestLoad late =
        append().rows(order(2, "bob")).aside("b").moving(ResourceState.Slice.NONE, cursor(2));
    LoadPackage sealed = stage(late);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> commit(winner, sealedWinner));

    assertThatThrownBy(() -> commit(late, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.STATE_MOVED);
    assertThat(aside()).containsExactly(List.of("a"));
  }

  @Test
  void rowsOfLoadsAndOldRowsAreForgotten() {
    TestLoad first = append().rows(order(1, "ada")).aside("a");
    load(first);
    load(append().rows(order(2, "bob")).aside("b"));

    assertThat(destination.forget(ASIDE, Set.of(first.id()), Instant.EPOCH)).isEqualTo(1);
    assertThat(destination.forget(ASIDE, Set.of(first.id()), Instant.EPOCH)).isZero();
    assertThat(aside()).containsExactly(List.of("b"));
    assertThat(destination.forget(ASIDE, NO_LOADS, Instant.now().plusSeconds(1))).isEqualTo(1);
    assertThat(aside()).isEmpty();
    assertThat(destination.forget(ORDERS.child("none"), NO_LOADS, Instant.EPOCH)).isZero();
  }
}
