package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.FaultyCatalog;
import dev.firn.iceberg.testkit.FaultyFileIO;
import dev.firn.iceberg.testkit.KillSwitch;
import dev.firn.iceberg.testkit.LiveEntries;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.TableContent;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A source, a lake and a machine to run the pipeline on, with a model of what the tables must hold.
 * After each step everything that must hold is checked.
 */
final class World implements AutoCloseable {
  private static final TableName ORDERS = TableName.parse("shop.orders");
  private static final TableIdentifier ROOT = TableIdentifier.of(Namespace.of("shop"), "orders");
  private static final TableIdentifier CHILD =
      TableIdentifier.of(Namespace.of("shop"), "orders__lines");

  private final Shape shape;
  private final InMemoryCatalog lake = new InMemoryCatalog();
  private final Path machines;
  private final List<Order> log = new ArrayList<>();
  private FaultyCatalog catalog;

  /** How much of the log the root holds; for replace: what it may hold. */
  private final List<Integer> possible = new ArrayList<>(List.of(0));

  private long cursor;
  private long seen;
  private List<String> known = List.of();
  private final Set<Long> sound = new HashSet<>();

  World(Shape shape, Path machines) {
    this.shape = shape;
    this.machines = machines;
    lake.initialize("lake", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "lake"));
    this.catalog = new FaultyCatalog(lake);
  }

  /** One version of an order, with what it holds. */
  private record Order(int id, long seq, String name, List<String> products) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", id);
      json.put("seq", seq);
      json.put("name", name);
      json.put("lines", products.stream().map(product -> Map.of("product", product)).toList());
      return json;
    }
  }

  void take(Step step) {
    if (step instanceof Step.Arrival arrival) {
      arrive(arrival);
    } else if (step instanceof Step.Load load) {
      load(load.weather());
    } else if (step instanceof Step.Foreign foreign) {
      table(foreign.table() == 0 ? ROOT : CHILD).ifPresent(foreign.work()::run);
      check();
    }
  }

  /** Runs the pipeline in fair weather until it has nothing to do, then compares with the model. */
  void settle() {
    catalog.calm().arrive();
    load(Step.Weather.FAIR);
    if (shape.disposition() == WriteDisposition.REPLACE) {
      load(Step.Weather.FAIR); // the first may have finished what an earlier run had sealed
    }
    assertThat(rows()).as("settled").isEqualTo(expected(log.size()));
    assertThat(lines()).as("settled lines").isEqualTo(expectedLines());
    int snapshots = snapshots();
    load(Step.Weather.FAIR);
    if (shape.disposition() != WriteDisposition.REPLACE) {
      assertThat(snapshots()).as("a run with nothing to do makes no snapshot").isEqualTo(snapshots);
    }
  }

  private int snapshots() {
    int snapshots = 0;
    for (TableIdentifier name : List.of(ROOT, CHILD)) {
      snapshots += table(name).map(t -> t.history().size()).orElse(0);
    }
    return snapshots;
  }

  private void arrive(Step.Arrival arrival) {
    for (int id : arrival.ids()) {
      long last = log.isEmpty() ? 0 : log.get(log.size() - 1).seq();
      boolean there = log.stream().anyMatch(order -> order.seq() == last && order.id() == id);
      // two versions of one order never share a place in time
      long seq = arrival.tied() && last > 0 && !there ? last : last + 1;
      List<String> products = new ArrayList<>();
      for (int i = 0; i < (id + seq) % 3; i++) {
        products.add("p" + seq + "." + i);
      }
      log.add(new Order(id, seq, "n" + (seq % 3), products));
    }
  }

  private void load(Step.Weather weather) {
    KillSwitch power =
        weather.killedAfter().isPresent()
            ? KillSwitch.after(weather.killedAfter().getAsInt())
            : KillSwitch.never();
    catalog = new FaultyCatalog(lake).dyingBy(power).storage(io -> storage(io, weather, power));
    catalog.next(weather.commits().toArray(CommitFault[]::new));
    catalog.nextLooks(weather.looks().toArray(LookFault[]::new));
    weather
        .meanwhile()
        .forEach(work -> catalog.beforeNextCommit(() -> table(ROOT).ifPresent(work::run)));
    possible.add(log.size());
    Destination destination = IcebergDestinationProvider.of(catalog, "the lake", round -> {});
    Optional<RunReport> report = run(destination, power);
    if (report.isPresent() && report.get().error().isEmpty()) {
      checkCounts(report.get());
      loaded();
    } else {
      report.ifPresent(failed -> assertFailure(failed, weather));
    }
    check();
    catalog.calm().arrive();
    check();
  }

  private Optional<RunReport> run(Destination destination, KillSwitch power) {
    try {
      RunOptions options = new RunOptions(Set.of(), new Dying(power));
      RunReport report =
          Firn.pipeline("shop").workFolder(folder()).run(destination, options, resource());
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

  private Path folder() {
    try {
      return Files.createDirectories(machines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileIO storage(FileIO io, Step.Weather weather, KillSwitch power) {
    FaultyFileIO faulty = new FaultyFileIO(io).dyingBy(power);
    weather.lostCall().ifPresent(faulty::loseCallAfter);
    weather.full().ifPresent(faulty::fullAfter);
    return faulty;
  }

  private Resource resource() {
    TableSettings settings =
        new TableSettings(shape.formatVersion(), List.of(), 0, List.of(), Map.of(), Map.of());
    Resource plain = plain().tableSettings(settings);
    return shape.partitioned() ? plain.partitionBy("name") : plain;
  }

  private Resource plain() {
    return switch (shape.disposition()) {
      case REPLACE -> Resource.of("orders", this::now).replace();
      case MERGE -> since().primaryKey("id").merge();
      default -> since().append();
    };
  }

  private Resource since() {
    return Resource.of(
            "orders",
            Long.class,
            since ->
                log.stream()
                    .filter(order -> since.last().isEmpty() || order.seq() >= since.last().get())
                    .map(Order::json)
                    .toList())
        .incremental("seq");
  }

  private List<Map<String, Object>> now() {
    return latest(log.size()).values().stream().map(Order::json).toList();
  }

  private Map<Integer, Order> latest(int length) {
    Map<Integer, Order> latest = new TreeMap<>();
    log.subList(0, length).forEach(order -> latest.put(order.id(), order));
    return latest;
  }

  private List<Order> orders(int length) {
    return shape.disposition() == WriteDisposition.APPEND
        ? log.subList(0, length)
        : List.copyOf(latest(length).values());
  }

  private List<String> expected(int length) {
    return orders(length).stream()
        .map(order -> order.id() + " " + order.seq() + " " + order.name())
        .sorted()
        .toList();
  }

  private List<String> expectedLines() {
    return orders(log.size()).stream()
        .flatMap(order -> order.products().stream().map(product -> order.id() + " " + product))
        .sorted()
        .toList();
  }

  private Optional<Table> table(TableIdentifier name) {
    return lake.tableExists(name) ? Optional.of(lake.loadTable(name)) : Optional.empty();
  }

  /** The root's rows; read again only when it has moved. */
  private List<String> rows() {
    Optional<Table> root = table(ROOT).filter(there -> there.currentSnapshot() != null);
    if (root.isEmpty()) {
      return List.of();
    }
    long snapshot = root.get().currentSnapshot().snapshotId();
    if (snapshot != seen) {
      known = rows(root.get());
      seen = snapshot;
    }
    return known;
  }

  private static List<String> rows(Table table) {
    return TableContent.rows(table, "id", "seq", "name").stream()
        .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
        .sorted()
        .toList();
  }

  private List<String> lines() {
    if (table(CHILD).isEmpty()) {
      return List.of();
    }
    Map<Object, Object> orders = new HashMap<>();
    TableContent.rows(table(ROOT).orElseThrow(), "_firn_id", "id")
        .forEach(row -> orders.put(key(row.get(0)), key(row.get(1))));
    return TableContent.rows(table(CHILD).get(), "_firn_parent_id", "product").stream()
        .map(row -> orders.get(key(row.get(0))) + " " + row.get(1))
        .sorted()
        .toList();
  }

  private static Object key(@Nullable Object value) {
    return value == null ? "nobody" : value;
  }

  /** The run is done: its table holds all there was, or what an earlier run had sealed. */
  private void loaded() {
    List<String> rows = rows();
    boolean sealedBefore = shape.disposition() == WriteDisposition.REPLACE;
    int newest = possible.get(possible.size() - 1);
    List<Integer> allowed = sealedBefore ? List.copyOf(possible) : List.of(newest);
    assertThat(allowed).as("loaded: %s", rows).anyMatch(length -> expected(length).equals(rows));
    assertThat(lines()).as("no line without its order").noneMatch(line -> line.startsWith("null"));
    possible.removeIf(length -> !expected(length).equals(rows));
  }

  private static void checkCounts(RunReport report) {
    report
        .resources()
        .forEach(
            resource -> {
              var counts = resource.counts();
              assertThat(
                      resource.loaded()
                          + counts.quarantined()
                          + counts.discarded()
                          + counts.boundary()
                          + counts.outOfWindow()
                          + resource.superseded())
                  .as("every record is counted once: %s", resource)
                  .isEqualTo(counts.read());
            });
  }

  private static void assertFailure(RunReport report, Step.Weather weather) {
    ErrorCode code = report.error().orElseThrow().code();
    assertThat(weather.fair()).as("failed in fair weather: %s", report.error()).isFalse();
    assertThat(code).as("%s", report.error()).isNotEqualTo(ErrorCode.BUG);
  }

  /** What holds at every moment. */
  private void check() {
    List<String> rows = rows();
    assertThat(possible)
        .as("the rows are those of a load, whole: %s", rows)
        .anyMatch(length -> expected(length).equals(rows));
    if (shape.disposition() != WriteDisposition.REPLACE) {
      int held = possible.stream().filter(length -> expected(length).equals(rows)).findAny().get();
      possible.removeIf(length -> length < held && !expected(length).equals(rows));
      checkCursor();
    }
    for (TableIdentifier name : List.of(ROOT, CHILD)) {
      table(name)
          .filter(there -> there.currentSnapshot() != null)
          .filter(there -> sound.add(there.currentSnapshot().snapshotId()))
          .ifPresent(World::checkFiles);
    }
  }

  private void checkCursor() {
    if (table(ROOT).isEmpty()) {
      return;
    }
    Table root = table(ROOT).get();
    String state = root.properties().get(ResourceState.key("shop", "orders"));
    long now =
        Optional.ofNullable(state)
            .flatMap(text -> ResourceState.parse(text).cursor())
            .map(value -> Long.parseLong(value.value()))
            .orElse(0L);
    long greatest =
        rows().stream().mapToLong(row -> Long.parseLong(row.split(" ", -1)[1])).max().orElse(0);
    assertThat(now).as("the cursor is where the rows are").isEqualTo(greatest);
    assertThat(now).as("the cursor never goes back").isGreaterThanOrEqualTo(cursor);
    cursor = now;
  }

  private static void checkFiles(Table table) {
    List<String> data = LiveEntries.dataFiles(table);
    assertThat(new HashSet<>(data)).as("no file is in two entries").hasSameSizeAs(data);
    data.forEach(file -> assertThere(table, file));
    LiveEntries.deleteFiles(table).forEach(file -> assertThere(table, file));
  }

  private static void assertThere(Table table, String file) {
    assertThat(table.io().newInputFile(file).exists()).as("%s is there", file).isTrue();
  }

  @Override
  public void close() {
    try {
      lake.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes the points of a run as calls. */
  private record Dying(KillSwitch power) implements LoadObserver {
    @Override
    public void sealed(LoadId load) {
      power.call();
    }

    @Override
    public void committing(LoadId load, TableName table) {
      power.call();
    }

    @Override
    public void committed(LoadId load, TableName table) {
      power.call();
    }
  }
}
