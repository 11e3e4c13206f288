package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.Status;
import dev.firn.pipeline.WindowChoice;
import dev.firn.schema.TableName;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.PartitionsSpec.Every;
import dev.firn.state.Lease;
import dev.firn.state.Lease.Holder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of time that are loaded by several machines, or by a process that is killed. */
class WindowRacesTest {
  private static final TableName DAYS = TableName.parse("p.days");

  private final MemoryDestination destination = new MemoryDestination();
  private final List<String> read = new ArrayList<>();
  private Concurrency concurrency = Concurrency.DEFAULT;
  private Runnable duringTheNextReading = () -> {};

  @TempDir Path folder;

  private RunReport run(String machine, String days, LoadObserver observer) {
    Pipeline pipeline =
        Firn.pipeline("p").workFolder(folder.resolve(machine)).concurrency(concurrency);
    RunOptions options =
        new RunOptions(Set.of(), observer).withWindows(new WindowChoice(Optional.of(days), 1));
    return pipeline.run(destination, options, days());
  }

  private RunReport run(String machine, String days) {
    return run(machine, days, LoadObserver.NONE);
  }

  private Resource days() {
    return Resource.ofWindows("days", this::records)
        .partitions(PartitionsSpec.every(Every.DAY, LocalDate.of(2024, 1, 1)));
  }

  private Object records(PartitionWindow window) {
    read.add(window.key());
    Runnable meanwhile = duringTheNextReading;
    duringTheNextReading = () -> {};
    meanwhile.run();
    return List.of(Map.of("day", window.key()));
  }

  private List<Object> loaded() {
    return destination.values("p.days", "day").stream().sorted().toList();
  }

  @Test
  void aBackfillGoesOnWhereItWasWithoutTheProjectsFolder() {
    run("here", "2024-01-01..2024-01-02").throwIfFailed();
    read.clear();

    run("there", "2024-01-01..2024-01-03").throwIfFailed();

    assertThat(read).containsExactly("2024-01-03");
    assertThat(loaded()).containsExactly("2024-01-01", "2024-01-02", "2024-01-03");
  }

  @Test
  void windowsThatAnotherMachineLoadsMeanwhileAreLoadedOnce() {
    duringTheNextReading = () -> run("there", "2024-01-01..2024-01-03").throwIfFailed();

    RunReport late = run("here", "2024-01-01..2024-01-03");

    assertThat(late.error().orElseThrow().code()).isEqualTo(ErrorCode.LEASE_LOST);
    assertThat(loaded()).containsExactly("2024-01-01", "2024-01-02", "2024-01-03");
    assertThat(run("here", "2024-01-01..2024-01-03").status()).isEqualTo("nothing-to-do");
  }

  @Test
  void windowsThatAnotherMachineLoadsMeanwhileAreLoadedOnceWithoutLeases() {
    concurrency = Concurrency.DEFAULT.withoutLease();
    duringTheNextReading = () -> run("there", "2024-01-02..2024-01-03").throwIfFailed();

    RunReport late = run("here", "2024-01-01..2024-01-04").throwIfFailed();

    assertThat(late.resources().get(1).status()).isEqualTo(Status.NOTHING_TO_DO);
    assertThat(loaded()).containsExactly("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04");
    assertThat(read).hasSize(4);
  }

  @Test
  void oneLeaseHoldsForAllWindowsOfARun() {
    run("here", "2024-01-01..2024-01-03").throwIfFailed();
    run("here", "2024-01-04..2024-01-05").throwIfFailed();

    Lease lease = destination.metadata().current(DAYS).orElseThrow().lease("p");
    assertThat(lease.epoch()).isEqualTo(2);
    assertThat(lease.holder()).isEmpty();
  }

  @Test
  void windowsWaitForALiveRunElsewhere() {
    run("here", "2024-01-01").throwIfFailed();
    Lease theirs = destination.metadata().current(DAYS).orElseThrow().lease("p").next("their-run");
    destination
        .table(DAYS)
        .properties
        .put(
            Lease.key("p"),
            theirs.heldBy(new Holder("far-away", Instant.now().plusSeconds(3600))).toJson());

    RunReport refused = run("here", "2024-01-02");

    assertThat(refused.error().orElseThrow().code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
    assertThat(loaded()).containsExactly("2024-01-01");
  }

  @Test
  void aWindowWhoseCommitWasKilledIsFinishedWithoutAnotherReading() {
    LoadObserver killed = new KilledAt(2);
    assertThatThrownBy(() -> run("here", "2024-01-01..2024-01-03", killed)).hasMessage("killed");
    assertThat(loaded()).containsExactly("2024-01-01");
    read.clear();

    RunReport next = run("here", "2024-01-01..2024-01-03").throwIfFailed();

    assertThat(next.finishedPackages()).hasSize(1);
    assertThat(read).containsExactly("2024-01-03");
    assertThat(loaded()).containsExactly("2024-01-01", "2024-01-02", "2024-01-03");
  }

  /** Ends the run as a kill would, with so many commits begun: the last one's package stays. */
  private static final class KilledAt implements LoadObserver {
    private int left;

    KilledAt(int commits) {
      this.left = commits;
    }

    @Override
    public void committing(LoadId load, TableName table) {
      left--;
      if (left == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }
}
