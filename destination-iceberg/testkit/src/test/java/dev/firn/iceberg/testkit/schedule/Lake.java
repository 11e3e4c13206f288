package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.testkit.ForeignRows;
import dev.firn.iceberg.testkit.LiveEntries;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.TableContent;
import dev.firn.load.Validity;
import dev.firn.schema.QuarantineTable;
import dev.firn.state.Lease;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.jspecify.annotations.Nullable;

/** The tables of a schedule as they are, read past every fault. */
final class Lake implements AutoCloseable {
  private static final TableIdentifier ROOT = TableIdentifier.of(Namespace.of("shop"), "orders");
  private static final TableIdentifier CHILD =
      TableIdentifier.of(Namespace.of("shop"), "orders__lines");

  private static final TableIdentifier QUARANTINE =
      TableIdentifier.of(Namespace.of("shop"), "orders__quarantine");

  private static final AtomicInteger LAKES = new AtomicInteger();

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final boolean versions;
  private final Map<TableIdentifier, Table> known = new HashMap<>();
  private final Set<Long> sound = new HashSet<>();
  private long read;
  private List<String> rows = List.of();
  private List<Snapshot> linesRead = List.of();
  private List<String> lines = List.of();

  Lake(boolean versions) {
    this.versions = versions;
    // all files in memory are in one storage, so each lake has a folder of its own
    String folder = "lake-" + LAKES.incrementAndGet();
    catalog.initialize("lake", Map.of(CatalogProperties.WAREHOUSE_LOCATION, folder));
  }

  Catalog catalog() {
    return catalog;
  }

  void work(Maintenance work, boolean onRoot) {
    table(onRoot ? ROOT : CHILD).ifPresent(work::run);
  }

  /** Whether there is a table that others can write to. */
  boolean hasRoot() {
    return table(ROOT).isPresent();
  }

  void append(Order order) {
    Map<String, Object> row =
        Map.of("id", (long) order.id(), "seq", order.seq(), "name", order.name());
    ForeignRows.append(table(ROOT).orElseThrow(), row);
  }

  /**
   * Deletes an order.
   *
   * @param withLines whether its lines are deleted first
   */
  void delete(int id, boolean byValue, boolean withLines) {
    if (withLines) {
      table(CHILD).ifPresent(child -> deleteLines(child, id, byValue));
    }
    delete(table(ROOT).orElseThrow(), "id", row -> row.getField("id").equals((long) id), byValue);
  }

  private void deleteLines(Table child, int id, boolean byValue) {
    Set<Object> ids = new HashSet<>();
    TableContent.rows(table(ROOT).orElseThrow(), "id", "_firn_id").stream()
        .filter(row -> Objects.equals(row.get(0), (long) id))
        .forEach(row -> ids.add(row.get(1)));
    delete(child, "_firn_parent_id", row -> ids.contains(row.getField("_firn_parent_id")), byValue);
  }

  private static void delete(Table table, String column, Predicate<Record> goes, boolean byValue) {
    if (table.currentSnapshot() == null) {
      return;
    }
    if (byValue) {
      ForeignRows.deleteByValue(table, column, goes);
    } else {
      ForeignRows.deleteByCopying(table, goes);
    }
  }

  /** How many runs have written to the root. */
  long epoch() {
    return table(ROOT)
        .map(root -> root.properties().get(Lease.key("shop")))
        .map(text -> Lease.parse(text).epoch())
        .orElse(0L);
  }

  /**
   * Lets so much time pass that whoever holds a lease is taken for dead. It may happen within a
   * run, in any of its threads.
   */
  void endLeases() {
    Stream.of(ROOT, CHILD, QUARANTINE).filter(catalog::tableExists).forEach(this::endLease);
  }

  private void endLease(TableIdentifier name) {
    Table table = catalog.loadTable(name); // those that are known are of one thread
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata now = operations.current();
    String key = Lease.key("shop");
    String text = now.properties().get(key);
    if (text != null) {
      Map<String, String> over = new HashMap<>(now.properties());
      over.put(key, Lease.parse(text).heldUntil(Instant.EPOCH).toJson());
      try {
        operations.commit(now, now.replaceProperties(over));
      } catch (CommitFailedException e) {
        endLease(name); // another lease may be there now, which must not be lost
      }
    }
  }

  /** A table as it is now; read anew only when it has moved. */
  private Optional<Table> table(TableIdentifier name) {
    try {
      Table table = known.computeIfAbsent(name, catalog::loadTable);
      table.refresh();
      return Optional.of(table);
    } catch (NoSuchTableException e) {
      known.remove(name);
      return Optional.empty();
    }
  }

  int snapshots() {
    int snapshots = 0;
    for (TableIdentifier name : List.of(ROOT, CHILD)) {
      snapshots += table(name).map(there -> there.history().size()).orElse(0);
    }
    return snapshots;
  }

  long cursor() {
    return table(ROOT)
        .map(root -> root.properties().get(ResourceState.key("shop", "orders")))
        .flatMap(text -> ResourceState.parse(text).cursor())
        .map(value -> Long.parseLong(value.value()))
        .orElse(0L);
  }

  /** The root's rows; read again only when it has moved. */
  List<String> rows() {
    Optional<Table> root = table(ROOT).filter(there -> there.currentSnapshot() != null);
    if (root.isEmpty()) {
      return List.of();
    }
    long snapshot = root.get().currentSnapshot().snapshotId();
    if (snapshot != read) {
      rows = versions ? versions(root.get()) : rows(root.get());
      read = snapshot;
    }
    return rows;
  }

  private static List<String> rows(Table table) {
    return TableContent.rows(table, "id", "seq", "name").stream().map(Lake::row).sorted().toList();
  }

  private static String row(List<? extends @Nullable Object> row) {
    return row.get(0) + " " + row.get(1) + " " + row.get(2);
  }

  private static List<String> versions(Table table) {
    List<List<Object>> found =
        TableContent.rows(
            table, "id", "seq", "name", Validity.DEFAULT.from(), Validity.DEFAULT.to());
    found.stream()
        .collect(Collectors.groupingBy(row -> row.get(0)))
        .values()
        .forEach(Lake::requireOneAtATime);
    return found.stream()
        .map(row -> row(row) + (row.get(4) == null ? "" : " closed"))
        .sorted()
        .toList();
  }

  private static void requireOneAtATime(List<List<Object>> versions) {
    List<List<Object>> inTurn =
        versions.stream()
            .sorted((one, other) -> time(one.get(3)).compareTo(time(other.get(3))))
            .toList();
    for (int i = 0; i < inTurn.size(); i++) {
      @Nullable Object end = inTurn.get(i).get(4);
      boolean last = i == inTurn.size() - 1;
      assertThat(end == null).as("only the last version holds: %s", inTurn).isIn(last, false);
      if (end != null) {
        assertThat(time(end)).as("a version ends: %s", inTurn).isAfter(time(inTurn.get(i).get(3)));
      }
      if (!last) {
        assertThat(time(end))
            .as("before the next begins: %s", inTurn)
            .isBeforeOrEqualTo(time(inTurn.get(i + 1).get(3)));
      }
    }
  }

  private static OffsetDateTime time(@Nullable Object value) {
    return (OffsetDateTime) Objects.requireNonNull(value);
  }

  /**
   * The child's rows, each with the order it belongs to; {@code null} where there is none. Read
   * again only when one of the tables has moved.
   */
  List<String> lines() {
    Optional<Table> child = table(CHILD).filter(there -> there.currentSnapshot() != null);
    if (child.isEmpty()) {
      return List.of();
    }
    Table root = table(ROOT).orElseThrow();
    List<Snapshot> snapshots = Arrays.asList(root.currentSnapshot(), child.get().currentSnapshot());
    if (!snapshots.equals(linesRead)) {
      lines = lines(root, child.get());
      linesRead = snapshots;
    }
    return lines;
  }

  private static List<String> lines(Table root, Table child) {
    Map<Object, Object> orders = new HashMap<>();
    TableContent.rows(root, "_firn_id", "id").forEach(row -> orders.put(row.get(0), row.get(1)));
    return TableContent.rows(child, "_firn_parent_id", "product").stream()
        .map(row -> orders.get(row.get(0)) + " " + row.get(1))
        .sorted()
        .toList();
  }

  /** The payloads of the rejected orders. */
  List<String> rejected() {
    return table(QUARANTINE)
        .map(there -> TableContent.rows(there, QuarantineTable.PAYLOAD))
        .orElse(List.of())
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  /** What holds of files at every moment. */
  void checkFiles() {
    for (TableIdentifier name : List.of(ROOT, CHILD, QUARANTINE)) {
      table(name)
          .filter(there -> there.currentSnapshot() != null)
          .filter(there -> sound.add(there.currentSnapshot().snapshotId()))
          .ifPresent(Lake::checkFiles);
    }
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
      catalog.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
