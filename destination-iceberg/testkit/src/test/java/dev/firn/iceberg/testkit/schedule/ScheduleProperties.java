package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.load.WriteDisposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A law: whatever happens to the runs of a pipeline, and whatever other engines do to its tables
 * between them, each record is in the tables once, and the cursor is where the rows are.
 */
class ScheduleProperties {
  private static final int SCHEDULES = 100;
  private static Path machines;
  private static int tries;

  @BeforeContainer
  static void aPlaceForMachines() throws IOException {
    Path memory = Path.of("/dev/shm");
    machines =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "firn-schedules")
            : Files.createTempDirectory("firn-schedules");
  }

  @AfterContainer
  static void clear() throws IOException {
    delete(machines);
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = SCHEDULES, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void appendsAreThereOnce(@ForAll("appends") Shape shape, @ForAll("steps") List<Step> steps) {
    play(shape, steps);
  }

  @Property(tries = SCHEDULES, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void mergesAreThereOnce(@ForAll("merges") Shape shape, @ForAll("steps") List<Step> steps) {
    play(shape, steps);
  }

  @Property(tries = SCHEDULES, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void replacedTablesAreWhole(@ForAll("replaces") Shape shape, @ForAll("steps") List<Step> steps) {
    play(shape, steps);
  }

  static void play(Shape shape, List<Step> steps) {
    Path place = machines.resolve("try" + tries++);
    try (World world = new World(shape, place)) {
      steps.forEach(world::take);
      world.settle();
      delete(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<Shape> appends() {
    return shapes(WriteDisposition.APPEND);
  }

  @Provide
  Arbitrary<Shape> merges() {
    return shapes(WriteDisposition.MERGE);
  }

  @Provide
  Arbitrary<Shape> replaces() {
    return shapes(WriteDisposition.REPLACE);
  }

  private static Arbitrary<Shape> shapes(WriteDisposition disposition) {
    return Combinators.combine(Arbitraries.of(2, 3), Arbitraries.of(false, true))
        .as((version, partitioned) -> new Shape(disposition, version, partitioned));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(arrivals(), between(), runs())
        .as(ScheduleProperties::inTurn)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(rounds -> rounds.stream().flatMap(List::stream).toList());
  }

  private static List<Step> inTurn(Step arrival, Optional<Step> between, Step run) {
    List<Step> steps = new ArrayList<>(List.of(arrival));
    between.ifPresent(steps::add);
    steps.add(run);
    return steps;
  }

  private static Arbitrary<Step> arrivals() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5).list().ofMaxSize(4), Arbitraries.of(false, true))
        .as(Step.Arrival::new);
  }

  private static Arbitrary<Optional<Step>> between() {
    Arbitrary<Step> foreign =
        Combinators.combine(Arbitraries.of(Maintenance.class), Arbitraries.of(0, 1))
            .as(Step.Foreign::new);
    return foreign.optional(0.5);
  }

  private static Arbitrary<Step> runs() {
    Arbitrary<Step.Weather> weather =
        Combinators.combine(
                Arbitraries.of(CommitFault.class).list().ofMaxSize(4),
                Arbitraries.of(LookFault.class).list().ofMaxSize(6),
                calls(70, 0.4),
                calls(40, 0.2),
                calls(20_000, 0.1),
                Arbitraries.of(Maintenance.class).list().ofMaxSize(2))
            .as(Step.Weather::new);
    return weather.map(Step.Load::new);
  }

  private static Arbitrary<OptionalInt> calls(int most, double probability) {
    return Arbitraries.integers()
        .between(0, most)
        .optional(probability)
        .map(number -> number.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }
}
