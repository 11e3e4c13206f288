package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Upkeep.StateChange;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadId;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.Refresh;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.pipeline.RunReport.Status;
import dev.firn.pipeline.WindowChoice;
import dev.firn.schema.TableName;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.PartitionsSpec.Every;
import dev.firn.state.LoadedWindows;
import dev.firn.state.LoadedWindows.Window;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources that are cut into windows of time, each of which is loaded once. */
class WindowsTest {
  private static final PartitionsSpec DAYS =
      PartitionsSpec.every(Every.DAY, LocalDate.of(2024, 1, 1));

  private final MemoryDestination destination = new MemoryDestination();
  private final Map<String, List<Map<String, Object>>> days = new ConcurrentHashMap<>();
  private final List<String> read = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private Pipeline pipeline = Firn.pipeline("p");

  @TempDir Path folder;

  @BeforeEach
  void fiveDays() {
    pipeline = pipeline.workFolder(folder);
    for (int day = 1; day <= 5; day++) {
      add(day, day, "a" + day);
    }
  }

  private void add(int day, int id, String name) {
    days.computeIfAbsent("2024-01-0" + day, key -> new ArrayList<>())
        .add(Map.of("id", id, "name", name));
  }

  private Resource daily() {
    return Resource.ofWindows("days", this::records).partitions(DAYS);
  }

  private Object records(PartitionWindow window) {
    read.add(window.key());
    if (broken.contains(window.key())) {
      throw new IllegalStateException("no answer");
    }
    return days.getOrDefault(window.key(), List.of());
  }

  private RunReport run(String range, int parallel, Resource resource) {
    return pipeline.run(
        destination,
        RunOptions.DEFAULT.withWindows(new WindowChoice(Optional.of(range), parallel)),
        resource);
  }

  private RunReport run(String range) {
    return run(range, 1, daily());
  }

  private List<Object> ids() {
    return destination.values("p.days", "id").stream().sorted().toList();
  }

  private LoadedWindows loaded() {
    return destination
        .metadata()
        .current(TableName.parse("p.days"))
        .flatMap(table -> table.state("p", "days"))
        .orElseThrow()
        .windows();
  }

  @Test
  void everyWindowIsALoadOfItsOwn() {
    RunReport report = run("2024-01-01..2024-01-03").throwIfFailed();

    assertThat(ids()).containsExactly(1L, 2L, 3L);
    assertThat(report.resources().stream().map(ResourceReport::title))
        .containsExactly("days [2024-01-01]", "days [2024-01-02]", "days [2024-01-03]");
    assertThat(report.resources()).allMatch(each -> each.loaded() == 1);
    assertThat(destination.commits("p.days")).isEqualTo(3);
    assertThat(loaded().done()).hasSize(1);
  }

  @Test
  void windowsThatAreDoneAreNotReadAgain() {
    run("2024-01-02..2024-01-03").throwIfFailed();
    read.clear();

    RunReport second = run("2024-01-01..2024-01-04").throwIfFailed();

    assertThat(read).containsExactly("2024-01-01", "2024-01-04");
    assertThat(ids()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(second.status()).isEqualTo("ok");
    assertThat(run("2024-01-01..2024-01-04").status()).isEqualTo("nothing-to-do");
  }

  @Test
  void aBackfillThatFailedGoesOnWhereItWas() {
    broken.add("2024-01-03");

    RunReport failed = run("2024-01");

    assertThat(failed.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
    assertThat(failed.resources().get(2).status()).isEqualTo(Status.FAILED);
    assertThat(failed.resources().get(2).title()).isEqualTo("days [2024-01-03]");
    assertThat(ids()).containsExactly(1L, 2L);
    broken.clear();
    read.clear();
    run("2024-01").throwIfFailed();
    assertThat(ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(read).doesNotContain("2024-01-01", "2024-01-02").hasSize(29);
  }

  @Test
  void windowsLoadedAtTheSameTimeLoseNothing() {
    for (int day = 1; day <= 9; day++) {
      for (int more = 0; more < 20; more++) {
        Map<String, Object> record = new HashMap<>(Map.of("id", 100 * day + more, "name", "x"));
        record.put("lines", List.of(Map.of("n", 1), Map.of("n", 2)));
        record.put("only_" + day, day);
        days.computeIfAbsent("2024-01-0" + day, key -> new ArrayList<>()).add(record);
      }
    }

    RunReport report = run("2024-01-01..2024-01-09", 4, daily().primaryKey("id").merge());

    report.throwIfFailed();
    assertThat(ids()).hasSize(5 + 9 * 20).doesNotHaveDuplicates();
    assertThat(destination.rows("p.days__lines")).hasSize(9 * 20 * 2);
    assertThat(loaded().done()).hasSize(1);
    assertThat(new TreeSet<>(read)).hasSize(9);
    assertThat(read).hasSize(9);
  }

  @Test
  void aLateRowUpdatesItsOldWindowOnce() {
    Resource merged = daily().primaryKey("id").merge();
    run("2024-01-01..2024-01-03", 1, merged).throwIfFailed();
    add(2, 20, "late");
    assertThat(run("2024-01-01..2024-01-03", 1, merged).status()).isEqualTo("nothing-to-do");

    reset(2);
    RunReport report = run("2024-01-01..2024-01-03", 1, merged).throwIfFailed();

    assertThat(report.resources()).hasSize(1);
    assertThat(report.table("p.days").orElseThrow().inserted()).isEqualTo(1);
    assertThat(report.table("p.days").orElseThrow().unchanged()).isEqualTo(1);
    assertThat(ids()).containsExactly(1L, 2L, 3L, 20L);
    assertThat(loaded().done()).hasSize(1);
  }

  private void reset(int day) {
    LocalDate first = LocalDate.of(2024, 1, day);
    Window gone =
        new Window(
            first.atStartOfDay().toInstant(ZoneOffset.UTC),
            first.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    LoadId mark = LoadId.next(Clock.systemUTC());
    StateChange change =
        new StateChange(
            "firn.state.p.days",
            mark,
            state ->
                new ResourceState(
                    state.version() + 1,
                    state.cursor(),
                    state.files(),
                    state.windows().without(gone),
                    mark.value()));
    destination.upkeep().changeState(TableName.parse("p.days"), change);
  }

  @Test
  void aMergeLoadsTheCurrentWindowAgainAndAgainAnAppendWaits() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    days.put(today.toString(), new ArrayList<>(List.of(Map.of("id", 50, "name", "now"))));
    PartitionsSpec recent = PartitionsSpec.every(Every.DAY, today);

    RunReport appended = run(today.toString(), 1, daily().partitions(recent));
    Resource merged = daily().partitions(recent).primaryKey("id").merge();
    run(today.toString(), 1, merged).throwIfFailed();
    days.get(today.toString()).add(Map.of("id", 51, "name", "later"));
    run(today.toString(), 1, merged).throwIfFailed();

    assertThat(appended.status()).isEqualTo("nothing-to-do");
    assertThat(ids()).containsExactly(50L, 51L);
    assertThat(loaded().done()).isEmpty();
    assertThat(loaded().open()).hasSize(1);
    assertThat(run(today.toString(), 1, merged).status()).isEqualTo("nothing-to-do");
  }

  @Test
  void aRefreshForgetsWindowsToo() {
    run("2024-01-01..2024-01-03").throwIfFailed();
    RunOptions options =
        RunOptions.DEFAULT
            .withRefresh(Optional.of(Refresh.DROP_DATA))
            .withWindows(new WindowChoice(Optional.of("2024-01-02"), 1));

    pipeline.run(destination, options, daily()).throwIfFailed();

    assertThat(ids()).containsExactly(2L);
    assertThat(loaded().done()).hasSize(1);
  }

  @Test
  void rangesThatCannotBeAreRefused() {
    RunReport future = run("2999-01-01");
    RunReport plain = run("2024-01-01", 1, Resource.of("plain", () -> List.of(Map.of("id", 1))));

    assertThat(future.error().orElseThrow().getMessage()).contains("no partition in 2999-01-01");
    assertThat(plain.error().orElseThrow().getMessage()).contains("no partitions to choose from");
    assertThatThrownBy(() -> run("2024-01-01", 1, daily().incremental("id")))
        .hasMessageContaining("'partitions' and 'incremental' do not go together");
    assertThatThrownBy(() -> run("2024-01-01", 1, daily().replace()))
        .hasMessageContaining("would replace the whole table");
  }
}
