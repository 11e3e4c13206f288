package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.state.Lease;
import dev.firn.state.Lease.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs of one pipeline on several machines: one of them writes, the others are refused. */
public abstract class LeaseSuite extends WindowSuite {
  private static final String KEY = Lease.key(TestLoad.PIPELINE);
  private static final Duration HOUR = Duration.ofHours(1);

  private Pipeline on(String machine) {
    return Firn.pipeline(TestLoad.PIPELINE).workFolder(project.resolve(machine));
  }

  private static Resource one(int id) {
    return Resource.of("orders", () -> List.of(Map.of("id", id)));
  }

  private RunReport run(String machine, int id) {
    return on(machine).run(destination, RunOptions.DEFAULT, one(id));
  }

  // It is paused where all its rows are staged and none is committed.
  private RunReport runPausedFor(String machine, int id, Runnable meanwhile) {
    LoadObserver paused =
        new LoadObserver() {
          @Override
          public void sealed(LoadId load) {
            meanwhile.run();
          }
        };
    return on(machine).run(destination, new RunOptions(Set.of(), paused), one(id));
  }

  private Optional<ErrorCode> failure(RunReport report) {
    return report.error().map(FirnException::code);
  }

  private Lease lease() {
    return destination.metadata().current(ORDERS).orElseThrow().lease(TestLoad.PIPELINE);
  }

  private void hold(Lease lease, Instant until) {
    Optional<String> seen =
        Optional.ofNullable(
            destination.metadata().current(ORDERS).orElseThrow().properties().get(KEY));
    String next = lease.heldBy(new Holder("far-away", until)).toJson();
    assertThat(destination.metadata().replaceProperty(ORDERS, KEY, seen, next)).isTrue();
  }

  @Test
  void pausedLoaderThatWakesUpIsRefused() {
    run("near", 1).throwIfFailed();

    RunReport paused = runPausedFor("near", 2, () -> run("far", 3).throwIfFailed());

    assertThat(failure(paused)).contains(ErrorCode.LEASE_LOST);
    assertThat(paused.exitCode()).isEqualTo(5);
    assertThat(paused.discardedPackages()).hasSize(1);
    assertThat(paused.error().orElseThrow()).hasMessageContaining("has taken over since load");
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    run("near", 4).throwIfFailed();
    assertThat(orders("id")).hasSize(3);
  }

  @Test
  void pausedLoaderOfATableThatAnotherMachineMakesIsRefused() {
    RunReport paused = runPausedFor("near", 1, () -> run("far", 2).throwIfFailed());

    assertThat(failure(paused)).contains(ErrorCode.LEASE_LOST);
    assertThat(orders("id")).containsExactly(List.of(2L));
  }

  @Test
  void runsInTurnCostOneCommitEach() {
    run("near", 1).throwIfFailed();
    run("far", 2).throwIfFailed();
    int commits = catalog.commits();

    run("near", 3).throwIfFailed();

    assertThat(catalog.commits()).isEqualTo(commits + 1);
    assertThat(snapshots(ORDERS)).isEqualTo(3);
    assertThat(lease().epoch()).isEqualTo(3);
    assertThat(lease().holder()).isEmpty();
  }

  @Test
  void otherPipelinesAreNotFenced() {
    run("near", 1).throwIfFailed();
    RunReport paused =
        runPausedFor(
            "near",
            2,
            () ->
                Firn.pipeline("other")
                    .workFolder(project.resolve("far"))
                    .run(
                        destination,
                        RunOptions.DEFAULT,
                        Resource.of("orders", () -> List.of(Map.of("id", 3))).into("shop.orders"))
                    .throwIfFailed());

    paused.throwIfFailed();
    assertThat(orders("id")).hasSize(3);
  }

  @Test
  void liveLeaseKeepsOthersOutAndMakesNoSnapshot() {
    run("near", 1).throwIfFailed();
    Lease theirs = lease().next("their-run");
    hold(theirs, Instant.now().plus(HOUR));

    RunReport refused = run("near", 2);

    assertThat(failure(refused)).contains(ErrorCode.ALREADY_RUNNING);
    assertThat(refused.exitCode()).isEqualTo(6);
    assertThat(refused.error().orElseThrow()).hasMessageContaining("their-run of far-away");
    assertThat(snapshots(ORDERS)).isEqualTo(1);
    assertThat(orders("id")).hasSize(1);
  }

  @Test
  void expiredLeaseIsTakenOverAndItsLoaderRefused() {
    run("near", 1).throwIfFailed();
    Lease theirs = lease().next("their-run");
    hold(theirs, Instant.now().minus(HOUR));
    TestLoad late = append().rows(order(7, "late"));
    LoadPackage sealed = stage(late);

    run("near", 2).throwIfFailed();

    assertThat(lease().epoch()).isEqualTo(theirs.epoch() + 1);
    assertThatThrownBy(() -> commit(late, sealed, theirs))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.LEASE_LOST);
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  private void commit(TestLoad load, LoadPackage sealed, Lease lease) {
    destination.commit(sealed, lease, load.folder(project), LoadObserver.NONE);
  }

  private static Lease held(Lease lease, String owner, Instant until) {
    return lease.heldBy(new Holder(owner, until));
  }

  private TestLoad withLine(long id, String product) {
    TestLoad load = append().rows(order(id, "some"));
    return load.children(LINE_COLUMNS, new int[] {0}, List.of(line(product, id, 0)));
  }

  // A run elsewhere commits the child rows of a load and stops before the root.
  private Runnable stoppedBeforeItsRoot(Lease theirs) {
    TestLoad load = withLine(2, "ink");
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatThrownBy(() -> commit(load, sealed, theirs)).isInstanceOf(FirnException.class);
    assertThat(lines("product")).contains(List.of("ink"));
    return () -> commit(load, sealed, theirs);
  }

  @Test
  void unfinishedLoadOfALiveRunIsLeftAlone() {
    load(withLine(1, "pen"));
    Lease theirs = held(Lease.NONE.next("theirs"), "far-away", Instant.now().plus(HOUR));
    Runnable wakesUp = stoppedBeforeItsRoot(theirs);
    TestLoad ours = withLine(3, "pad");
    LoadPackage sealed = stage(ours);

    assertThatThrownBy(
            () -> commit(ours, sealed, held(Lease.NONE.next("ours"), "here", Instant.now())))
        .hasMessageContaining("has committed child rows and not yet their root")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.ALREADY_RUNNING);
    wakesUp.run();

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
  }

  @Test
  void childrenThatALoadWithoutALeaseTookForLostAreCommittedAgain() {
    load(withLine(1, "pen"));
    TestLoad load = withLine(2, "ink");
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> load(append().rows(order(3, "cyn"))));

    commit(load, sealed);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L), List.of(3L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
  }

  @Test
  void unfinishedLoadOfADeadRunIsTakenOutAndCannotBeCompletedAnyMore() {
    load(withLine(1, "pen"));
    assertTakenOver(List.of(List.of(1L), List.of(3L)), List.of(List.of("pen"), List.of("pad")));
  }

  @Test
  void unfinishedFirstLoadOfADeadRunIsTakenOutAndCannotBeCompletedAnyMore() {
    assertTakenOver(List.of(List.of(3L)), List.of(List.of("pad")));
  }

  private void assertTakenOver(List<List<Object>> orders, List<List<Object>> lines) {
    Runnable wakesUp =
        stoppedBeforeItsRoot(held(Lease.NONE.next("theirs"), "far-away", Instant.now()));
    TestLoad ours = withLine(3, "pad");
    LoadPackage sealed = stage(ours);

    commit(ours, sealed, held(Lease.NONE.next("ours"), "here", Instant.now().plus(HOUR)));

    assertThatThrownBy(wakesUp::run)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.LEASE_LOST);
    assertThat(orders("id")).containsExactlyInAnyOrderElementsOf(orders);
    assertThat(lines("product")).containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void commitThatIsUnderWayWhileItsRunIsTakenForDeadArrivesNowhere() {
    load(withLine(1, "pen"));
    TestLoad theirs = withLine(2, "ink");
    LoadPackage theirPackage = stage(theirs);
    TestLoad ours = withLine(3, "pad");
    LoadPackage ourPackage = stage(ours);
    Lease dead = held(Lease.NONE.next("theirs"), "far-away", Instant.now());
    Lease alive = held(Lease.NONE.next("ours"), "here", Instant.now().plus(HOUR));
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> commit(ours, ourPackage, alive));

    assertThatThrownBy(() -> commit(theirs, theirPackage, dead))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.LEASE_LOST);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("pad"));
  }
}
