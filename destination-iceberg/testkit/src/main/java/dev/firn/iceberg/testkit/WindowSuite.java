package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.WindowChoice;
import dev.firn.schema.DataType;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.PartitionsSpec.Every;
import dev.firn.state.LoadedWindows.Window;
import dev.firn.state.ResourceState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Resources that are loaded by windows of time, into tables that are partitioned by days. */
public abstract class WindowSuite extends UnfinishedLoadSuite {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final PartitionsSpec DAYS = PartitionsSpec.every(Every.DAY, FIRST);
  private static final PartitionsSpec OPEN_FOR_LONG =
      new PartitionsSpec(
          Every.DAY, FIRST.atStartOfDay(), DAYS.timezone(), Optional.of(Duration.ofDays(36_500)));

  private final Map<String, List<Map<String, Object>>> days = new ConcurrentHashMap<>();

  private void add(int day, int id, String name) {
    add(day, id, name, day(day));
  }

  private void add(int day, int id, String name, Instant at) {
    List<Map<String, Object>> lines = List.of(Map.of("product", name), Map.of("product", "ink"));
    Map<String, Object> record = new HashMap<>(Map.of("id", id, "name", name, "lines", lines));
    record.put("at", at);
    days.computeIfAbsent("2024-01-0" + day, key -> new ArrayList<>()).add(record);
  }

  private Resource daily(PartitionsSpec windows) {
    return Resource.ofWindows("orders", this::records)
        .partitions(windows)
        .column("at", DataType.Simple.TIMESTAMP)
        .partitionBy("day(at)");
  }

  private Object records(PartitionWindow window) {
    return days.getOrDefault(window.key(), List.of());
  }

  private RunReport run(String machine, int parallel, Resource resource) {
    return run(
        machine, new WindowChoice(Optional.of("2024-01-01..2024-01-06"), parallel), resource);
  }

  private RunReport run(String machine, WindowChoice choice, Resource resource) {
    return Firn.pipeline(TestLoad.PIPELINE)
        .workFolder(project.resolve(machine))
        .run(destination, RunOptions.DEFAULT.withWindows(choice), resource)
        .throwIfFailed();
  }

  private ResourceState remembered() {
    return destination
        .metadata()
        .current(ORDERS)
        .flatMap(table -> table.state(TestLoad.PIPELINE, "orders"))
        .orElseThrow();
  }

  @Test
  void windowsSideBySideHoldOneLeaseAndLoseNothing() {
    for (int day = 1; day <= 6; day++) {
      add(day, day, "pen");
      add(day, day + 10, "pad");
    }

    run("near", 3, daily(DAYS).primaryKey("id").merge());
    RunReport again = run("far", 3, daily(DAYS).primaryKey("id").merge());

    assertThat(orders("id")).hasSize(12).doesNotHaveDuplicates();
    assertThat(lines("product")).hasSize(24);
    assertThat(snapshots(ORDERS)).isEqualTo(6);
    assertThat(remembered().windows().done()).containsExactly(new Window(day(1), day(7)));
    assertThat(destination.metadata().current(ORDERS).orElseThrow().lease(TestLoad.PIPELINE))
        .satisfies(lease -> assertThat(lease.epoch()).isEqualTo(1))
        .satisfies(lease -> assertThat(lease.holder()).isEmpty());
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }

  private static Instant day(int day) {
    return Instant.parse("2024-01-0" + day + "T00:00:00Z");
  }

  @Test
  void lateRowsMeetTheirOldWindowOnce() {
    add(1, 1, "pen");
    add(2, 2, "pen");
    Resource merged = daily(OPEN_FOR_LONG).primaryKey("id").merge();
    run("near", 1, merged);
    days.remove("2024-01-01");
    add(1, 1, "pencil");
    add(1, 3, "late");

    run("near", 1, merged);
    int snapshots = snapshots(ORDERS);
    run("near", 1, merged);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "pencil"), List.of(2L, "pen"), List.of(3L, "late"));
    assertThat(lines("product")).hasSize(6).contains(List.of("pencil"), List.of("late"));
    assertThat(snapshots(ORDERS)).isEqualTo(snapshots);
  }

  @Test
  void windowThatIsLoadedAgainReplacesItsOwnPartition() {
    add(1, 1, "pen");
    add(2, 2, "pen");
    Resource replaced = daily(OPEN_FOR_LONG).replacePartitions();
    run("near", 1, replaced);
    days.remove("2024-01-02");
    add(2, 3, "pad");

    run("near", 1, replaced);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "pen"), List.of(3L, "pad"));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("pen"), List.of("ink"), List.of("pad"), List.of("ink"));
  }

  @Test
  void windowThatComesBackEmptyEmptiesItsPartition() {
    add(1, 1, "pen");
    add(2, 2, "pad");
    Resource replaced = daily(OPEN_FOR_LONG).replacePartitions();
    run("near", 1, replaced);
    days.remove("2024-01-02");

    run("near", 1, replaced);
    int snapshots = snapshots(ORDERS);
    run("near", 1, replaced);

    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("ink"));
    assertThat(snapshots(ORDERS)).isEqualTo(snapshots + 1);
  }

  @Test
  void windowThatIsLoadedAgainReplacesAlsoThePartitionsThatItDoesNotBring() {
    add(1, 1, "pen");
    add(2, 2, "pen");
    add(2, 3, "pad");
    Resource replaced = daily(OPEN_FOR_LONG).partitionBy("day(at)", "name").replacePartitions();
    run("near", 1, replaced);
    days.remove("2024-01-02");
    add(2, 3, "pad");

    run("near", 1, replaced);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
  }

  @Test
  void aRowBeyondItsWindowIsRefusedAndTheNeighbourStays() {
    add(2, 2, "pen");
    add(3, 3, "pen");
    add(3, 4, "pad");
    Resource replaced = daily(OPEN_FOR_LONG).replacePartitions();
    run("near", 1, replaced);
    int snapshots = snapshots(ORDERS);
    days.remove("2024-01-03");
    add(2, 3, "pen", day(3)); // of a source that takes the window's end for a part of it
    WindowChoice second = new WindowChoice(Optional.of("2024-01-02"), 1);

    assertThatThrownBy(() -> run("near", second, replaced))
        .isInstanceOfSatisfying(
            FirnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
        .hasMessageContaining("at_day=2024-01-03")
        .hasMessageContaining("2024-01-02T00:00:00Z");

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(2L), List.of(3L), List.of(4L));
    assertThat(snapshots(ORDERS)).isEqualTo(snapshots);
    assertThat(project.resolve("near/.firn/packages")).isEmptyDirectory();
  }
}
