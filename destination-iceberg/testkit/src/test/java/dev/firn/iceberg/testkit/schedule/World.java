package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.FaultyCatalog;
import dev.firn.iceberg.testkit.FaultyFileIO;
import dev.firn.iceberg.testkit.KillSwitch;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.schedule.Tally.Happening;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;

/**
 * A source, a lake and machines to run the pipeline on, with a model of what the tables must hold.
 * After each step everything that must hold is checked: the rows are the model's; no file is in two
 * live entries, and each live entry has its file; the cursor is where the rows are and never goes
 * back. Each report counts every record once: read = loaded + quarantined + filtered. In the end
 * the child rows are the model's too, each record that the contract keeps out is in the quarantine
 * once, and a run that has nothing to do makes no snapshot.
 */
final class World implements AutoCloseable {
  private static final int FIRST_FOREIGN = 100;
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private final Shape shape;
  private final Path machines;
  private final Tally tally;
  private final Lake lake;
  private final List<Order> log = new ArrayList<>();
  private FaultyCatalog catalog;

  /** What the tables may hold: loads that were stopped may have arrived, or arrive later. */
  private List<Held> possible = List.of(Held.NOTHING);

  /** How long the log was at loads whose packages may be left on a machine, by machine. */
  private final Map<Integer, SortedSet<Integer>> left = new HashMap<>();

  private int machine;
  private boolean leasesMayHold;

  /** Whether snapshots of the child have expired since a load of this machine was complete. */
  private boolean expired;

  private long cursor;

  /**
   * @param machines the folder that the machines' own are made in
   * @param tally what counts what happens
   */
  World(Shape shape, Path machines, Tally tally) {
    this.shape = shape;
    this.machines = machines;
    this.tally = tally;
    lake = new Lake(shape.way().keepsVersions());
    catalog = new FaultyCatalog(lake.catalog());
  }

  void take(Step step) {
    if (step instanceof Step.Arrival arrival) {
      arrive(arrival);
    } else if (step instanceof Step.Load load) {
      load(load.weather());
    } else if (step instanceof Step.Others others) {
      meet(others);
      check();
    } else if (step instanceof Step.Move move) {
      move(move);
    }
  }

  private void meet(Step.Others others) {
    if (others instanceof Step.Foreign foreign) {
      boolean childExpires = foreign.work() == Maintenance.EXPIRY && foreign.table() == 1;
      if (childExpires && isLeftElsewhere()) {
        return; // what is lost with a machine must be told by the snapshots of its loads
      }
      expired |= childExpires && !leftHere().isEmpty();
      lake.work(foreign.work(), foreign.table() == 0);
      tally.count(Happening.MAINTENANCE_OF_OTHERS);
    } else if (others instanceof Step.ForeignRow row
        && lake.hasRoot()
        && !shape.way().keepsVersions()) {
      changeRow(row);
    }
  }

  private void changeRow(Step.ForeignRow row) {
    List<Held> now = visible();
    if (row.work() == Step.RowWork.APPEND) {
      int id = FIRST_FOREIGN + row.id() % 2;
      if (now.stream().noneMatch(held -> held.hasOrder(id))) {
        Order order = new Order(id, 0, "n" + row.id() % 3, List.of(), false);
        lake.append(order);
        tally.count(Happening.ROWS_ADDED_BY_OTHERS);
        possible = withLoads(now.stream().map(held -> held.with(order)));
      }
      return;
    }
    // lines of a load that is not complete are not the row's that others see
    boolean quiet = left.values().stream().allMatch(Set::isEmpty);
    boolean there = now.stream().anyMatch(held -> held.hasOrder(row.id()));
    if (there && (quiet || now.stream().noneMatch(held -> held.hasLines(row.id())))) {
      tally.count(Happening.ROWS_DELETED_BY_OTHERS);
      lake.delete(row.id(), row.work() == Step.RowWork.DELETE_BY_VALUE, quiet);
      possible = withLoads(now.stream().map(held -> held.without(row.id())));
    }
  }

  /** What the tables may hold now as far as their rows tell. */
  private List<Held> visible() {
    List<String> rows = lake.rows();
    List<Held> now = possible.stream().filter(held -> held.rows().equals(rows)).toList();
    assertThat(now).as("the rows are those of a load, whole: %s", rows).isNotEmpty();
    return now;
  }

  /** That, or what it is once packages of this machine are committed. */
  private List<Held> withLoads(Stream<Held> now) {
    List<Held> all = new ArrayList<>(now.distinct().toList());
    for (int length : leftHere()) {
      for (Held held : List.copyOf(all)) {
        if (!shape.way().hasCursor() || held.length() <= length) {
          all.add(shape.way().after(held, log.subList(0, length)));
        }
      }
    }
    return all.stream().distinct().toList();
  }

  private SortedSet<Integer> leftHere() {
    return left.computeIfAbsent(machine, any -> new TreeSet<>());
  }

  private boolean isLeftElsewhere() {
    return left.entrySet().stream()
        .anyMatch(each -> each.getKey() != machine && !each.getValue().isEmpty());
  }

  private void move(Step.Move move) {
    if (move.machine() == machine || (expired && !leftHere().isEmpty())) {
      return;
    }
    tally.count(Happening.MOVES_TO_ANOTHER_MACHINE);
    leasesMayHold = true;
    machine = move.machine();
    if (move.later()) {
      endLeases();
    }
    possible = withLoads(visible().stream());
  }

  private void endLeases() {
    if (leasesMayHold) {
      lake.endLeases();
      leasesMayHold = false;
    }
  }

  /** Runs the pipeline in fair weather until it has nothing to do, then compares with the model. */
  void settle() {
    catalog.calm().arrive();
    endLeases();
    load(Step.Weather.FAIR);
    if (!shape.way().hasCursor()) {
      load(Step.Weather.FAIR); // the first may have finished what an earlier run had sealed
    }
    assertThat(possible)
        .as("settled: lines %s", lake.lines())
        .anyMatch(held -> held.length() == log.size() && held.lines().equals(lake.lines()));
    checkRejected();
    int snapshots = lake.snapshots();
    load(Step.Weather.FAIR);
    if (shape.way() != Way.REPLACE) {
      assertThat(lake.snapshots())
          .as("a run with nothing to do makes no snapshot")
          .isEqualTo(snapshots);
    }
  }

  /** Each order that the contract keeps out is in the quarantine once. */
  private void checkRejected() {
    List<Long> expected =
        log.stream()
            .filter(order -> shape.way().hasCursor() && order.rejected())
            .map(Order::seq)
            .sorted()
            .toList();
    assertThat(lake.rejected().stream().map(World::seqOf).sorted().toList())
        .as("rejected orders are kept once")
        .isEqualTo(expected);
  }

  private static long seqOf(String payload) {
    Matcher seq = SEQ.matcher(payload);
    assertThat(seq.find()).as("the place in time of %s", payload).isTrue();
    return Long.parseLong(seq.group(1));
  }

  private void arrive(Step.Arrival arrival) {
    for (Step.Arriving each : arrival.orders()) {
      long last = seq(log.size());
      boolean there =
          log.stream().anyMatch(order -> order.seq() == last && order.id() == each.id());
      // two versions of one order never share a place in time
      long seq = arrival.tied() && last > 0 && !there ? last : last + 1;
      List<String> products = new ArrayList<>();
      for (int i = 0; i < (each.id() + seq) % 3; i++) {
        products.add("p" + seq + "." + i);
      }
      log.add(new Order(each.id(), seq, "n" + (seq % 3), products, each.gone()));
    }
  }

  /** The cursor behind a part of the log. */
  private long seq(int length) {
    return length == 0 ? 0 : log.get(length - 1).seq();
  }

  private void load(Step.Weather weather) {
    KillSwitch power =
        weather.killedAfter().isPresent()
            ? KillSwitch.after(weather.killedAfter().getAsInt())
            : KillSwitch.never();
    catalog =
        new FaultyCatalog(lake.catalog())
            .dyingBy(power)
            .storage(io -> storage(io, weather.storage(), power));
    catalog.next(weather.commits().toArray(CommitFault[]::new));
    catalog.whileSlow(lake::endLeases).nextLooks(weather.looks().toArray(LookFault[]::new));
    weather.meanwhile().forEach(others -> catalog.beforeNextCommit(() -> meet(others)));
    leftHere().add(log.size());
    long epoch = lake.epoch();
    List<Held> loaded =
        possible.stream().map(held -> shape.way().after(held, log)).distinct().toList();
    possible = Stream.concat(possible.stream(), loaded.stream()).distinct().toList();
    Destination destination = IcebergDestinationProvider.of(catalog, "the lake", round -> {});
    tally.count(Happening.RUNS);
    Optional<RunReport> report = run(destination, power);
    tally.countFaults(catalog);
    if (report.isPresent() && report.get().error().isEmpty()) {
      Reports.checkCounts(report.get());
      loaded();
      if (lake.epoch() > epoch) {
        left.clear(); // what other machines have is refused from now on
      }
      leftHere().clear();
      expired = false;
    } else if (report.filter(this::isKeptOut).isPresent()) {
      tally.count(Happening.RUNS_KEPT_OUT);
      endLeases();
    } else {
      tally.count(report.isPresent() ? Happening.RUNS_FAILED : Happening.RUNS_KILLED);
      report.ifPresent(failed -> Reports.checkFailure(failed, weather));
    }
    check();
    catalog.calm().arrive();
    check();
  }

  private Optional<RunReport> run(Destination destination, KillSwitch power) {
    try {
      RunOptions options = new RunOptions(Set.of(), new Dying(power));
      Path folder = machines.resolve("machine-" + machine);
      RunReport report =
          Firn.pipeline("shop").workFolder(folder).run(destination, options, resource());
      return power.killed() ? Optional.empty() : Optional.of(report);
    } catch (KillSwitch.Killed e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      // Iceberg's own threads tell of a death in words of their own
      if (power.killed()) {
        return Optional.empty();
      }
      throw new AssertionError("A run ends with a report, not with " + e, e);
    }
  }

  private boolean isKeptOut(RunReport report) {
    return leasesMayHold
        && report.error().filter(e -> e.code() == ErrorCode.ALREADY_RUNNING).isPresent();
  }

  private FileIO storage(FileIO io, Step.StorageFaults faults, KillSwitch power) {
    FaultyFileIO faulty = new FaultyFileIO(io).dyingBy(power);
    faults.lostCall().ifPresent(faulty::loseCallAfter);
    faults.slowCall().ifPresent(calls -> faulty.slowCallAfter(calls, this::slowStorage));
    faults.full().ifPresent(faulty::fullAfter);
    return faulty;
  }

  private void slowStorage() {
    tally.count(Happening.SLOW_CALLS_TO_STORAGE);
    lake.endLeases();
  }

  private Resource resource() {
    return shape.of(
        shape.way().hasCursor() ? since() : Resource.of("orders", () -> json(Way.all(log))));
  }

  private Resource since() {
    return Resource.of(
            "orders",
            Long.class,
            since ->
                json(
                    log.stream()
                        .filter(
                            order -> since.last().isEmpty() || order.seq() >= since.last().get())
                        .toList()))
        .incremental("seq");
  }

  private static List<Map<String, Object>> json(List<Order> orders) {
    return orders.stream().map(Order::json).toList();
  }

  /** The run is done: its tables hold all there was, or what an earlier run had sealed. */
  private void loaded() {
    List<String> rows = lake.rows();
    boolean maySealedBefore = !shape.way().hasCursor();
    possible =
        possible.stream()
            .filter(held -> held.rows().equals(rows))
            .filter(held -> maySealedBefore || held.length() == log.size())
            .toList();
    assertThat(possible).as("loaded: %s", rows).isNotEmpty();
    assertThat(lake.lines())
        .as("no line without its order")
        .noneMatch(line -> line.startsWith("null"));
  }

  /** What holds at every moment. */
  private void check() {
    List<Held> now = visible();
    int held = now.stream().mapToInt(Held::length).min().orElseThrow();
    if (shape.way().hasCursor()) {
      // a load that is older than the rows never arrives any more
      possible =
          possible.stream()
              .filter(each -> each.length() >= held)
              .filter(each -> each.length() > held || now.contains(each))
              .toList();
      checkCursor(now);
    }
    lake.checkFiles();
  }

  private void checkCursor(List<Held> now) {
    long there = lake.cursor();
    assertThat(now)
        .as("the cursor is where the rows are, not at %s", there)
        .anyMatch(held -> seq(held.length()) == there);
    assertThat(there).as("the cursor never goes back").isGreaterThanOrEqualTo(cursor);
    cursor = there;
  }

  @Override
  public void close() {
    lake.close();
  }
}
