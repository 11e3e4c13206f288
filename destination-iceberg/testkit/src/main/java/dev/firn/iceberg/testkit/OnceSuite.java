package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** A commit happens once, whatever is lost on the way. */
public abstract class OnceSuite extends FaultSuite {
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
}
