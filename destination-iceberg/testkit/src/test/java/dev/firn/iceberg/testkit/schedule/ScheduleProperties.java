package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.schedule.Tally.Happening;
import dev.firn.load.DeleteMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A law: whatever happens to the runs of a pipeline, and whatever other engines do to its tables
 * between them, each record is in the tables once, and the cursor is where the rows are. Schedules
 * are played several at a time, because most of their time is waiting. A build plays the same ones
 * each time, so that one that fails tells of its change; to look for more, set another seed and a
 * larger number.
 */
class ScheduleProperties {
  private static final int SCHEDULES_A_LAW = 2500;
  private static final String SEED = "20261121";
  private static final int AT_ONCE = 50;
  private static final int TRIES = SCHEDULES_A_LAW / AT_ONCE;
  private static final AtomicInteger folders = new AtomicInteger();
  private static final Tally laws = new Tally();
  private static Path machines;
  private static Players players;

  /** What has happened in the schedules of one law. */
  private final Tally law = new Tally();

  private boolean holds = true;

  @BeforeContainer
  static void aPlaceForMachines() throws IOException {
    Path memory = Path.of("/dev/shm");
    machines =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "firn-schedules")
            : Files.createTempDirectory("firn-schedules");
    players = new Players(ScheduleProperties::play);
  }

  @AfterContainer
  static void clear() throws IOException {
    players.close();
    delete(machines);
    System.out.println("Played: " + laws.told() + ".");
  }

  @AfterProperty
  void allSchedulesOfTheLawHaveBeenPlayed() {
    laws.add(law);
    if (holds) { // else what broke it is told, not that it ended early
      assertThat(law.of(Happening.SCHEDULES)).isGreaterThanOrEqualTo(SCHEDULES_A_LAW);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(
      seed = SEED,
      tries = TRIES,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void appendsAreThereOnce(@ForAll("ofAppends") List<Schedule> schedules) {
    playAll(schedules);
  }

  @Property(
      seed = SEED,
      tries = TRIES,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void replacedTablesAreWhole(@ForAll("ofReplaces") List<Schedule> schedules) {
    playAll(schedules);
  }

  @Property(
      seed = SEED,
      tries = TRIES,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void mergesAreThereOnce(@ForAll("ofMerges") List<Schedule> schedules) {
    playAll(schedules);
  }

  @Property(
      seed = SEED,
      tries = TRIES,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void versionsHoldOneAfterTheOther(@ForAll("ofVersions") List<Schedule> schedules) {
    playAll(schedules);
  }

  private void playAll(List<Schedule> schedules) {
    holds = false;
    players.playAll(schedules, law);
    holds = true;
  }

  private static void play(Schedule schedule, Tally tally) {
    Path machine = machines.resolve("try" + folders.incrementAndGet());
    try {
      schedule.play(machine, tally);
      delete(machine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<List<Schedule>> ofAppends() {
    Arbitrary<Shape> shapes =
        Arbitraries.of(DeleteMode.POSITION_DELETES, DeleteMode.DELETION_VECTORS)
            .flatMap(
                mode -> Arbitraries.of(false, true).map(each -> new Shape(Way.APPEND, mode, each)));
    return schedules(shapes);
  }

  @Provide
  Arbitrary<List<Schedule>> ofReplaces() {
    return schedules(
        shapes(Way.REPLACE, Way.REPLACE_PARTITIONS)
            .filter(shape -> shape.partitioned() || shape.way() != Way.REPLACE_PARTITIONS));
  }

  @Provide
  Arbitrary<List<Schedule>> ofMerges() {
    return schedules(
        shapes(
            Way.UPSERT,
            Way.DELETE_ABSENT,
            Way.INSERT_ONLY,
            Way.DELETE_INSERT,
            Way.DELETE_INSERT_GROUPS));
  }

  @Provide
  Arbitrary<List<Schedule>> ofVersions() {
    return schedules(shapes(Way.VERSIONS, Way.VERSIONS_OF_ALL));
  }

  private static Arbitrary<Shape> shapes(Way... ways) {
    return Combinators.combine(
            Arbitraries.of(ways), Arbitraries.of(DeleteMode.class), Arbitraries.of(false, true))
        .as(Shape::new);
  }

  private static Arbitrary<List<Schedule>> schedules(Arbitrary<Shape> shapes) {
    return Combinators.combine(shapes, steps()).as(Schedule::new).list().ofSize(AT_ONCE);
  }

  private static Arbitrary<List<Step>> steps() {
    return Combinators.combine(arrivals(), runs(), between())
        .as(ScheduleProperties::inTurn)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(rounds -> rounds.stream().flatMap(List::stream).toList());
  }

  private static List<Step> inTurn(Step arrival, Step run, List<Step> between) {
    List<Step> steps = new ArrayList<>(List.of(arrival, run));
    steps.addAll(between);
    return steps;
  }

  private static Arbitrary<Step> arrivals() {
    Arbitrary<Step.Arriving> orders =
        Combinators.combine(
                Arbitraries.integers().between(0, 5),
                Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
            .as(Step.Arriving::new);
    return Combinators.combine(orders.list().ofMaxSize(4), Arbitraries.of(false, true))
        .as(Step.Arrival::new);
  }

  private static Arbitrary<List<Step>> between() {
    Arbitrary<Step> moves =
        Combinators.combine(Arbitraries.of(0, 1), Arbitraries.of(true, false)).as(Step.Move::new);
    return Arbitraries.frequencyOf(Tuple.of(3, others().map(Step.class::cast)), Tuple.of(1, moves))
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<Step.Others> others() {
    Arbitrary<Step.Others> upkeep =
        Combinators.combine(Arbitraries.of(Maintenance.class), Arbitraries.of(0, 1))
            .as(Step.Foreign::new);
    Arbitrary<Step.Others> rows =
        Combinators.combine(
                Arbitraries.of(Step.RowWork.class), Arbitraries.of(0, 1, 2, 3, 4, 5, 100, 101))
            .as(Step.ForeignRow::new);
    return Arbitraries.frequencyOf(Tuple.of(1, upkeep), Tuple.of(2, rows));
  }

  private static Arbitrary<Step> runs() {
    Arbitrary<Step.Weather> weather =
        Combinators.combine(
                Arbitraries.of(CommitFault.class).list().ofMaxSize(4),
                Arbitraries.of(LookFault.class).list().ofMaxSize(6),
                storage(),
                calls(70, 0.4),
                others().list().ofMaxSize(2))
            .as(Step.Weather::new);
    return weather.map(Step.Load::new);
  }

  private static Arbitrary<Step.StorageFaults> storage() {
    return Combinators.combine(calls(40, 0.2), calls(40, 0.2), calls(20_000, 0.1))
        .as(Step.StorageFaults::new);
  }

  private static Arbitrary<OptionalInt> calls(int most, double probability) {
    return Arbitraries.integers()
        .between(0, most)
        .optional(probability)
        .map(number -> number.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }
}
