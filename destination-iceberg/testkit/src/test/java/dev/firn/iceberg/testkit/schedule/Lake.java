package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.testkit.LiveEntries;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.TableContent;
import dev.firn.load.Validity;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.jspecify.annotations.Nullable;

/** The tables of a schedule as they are, read past every fault. */
final class Lake implements AutoCloseable {
  private static final TableIdentifier ROOT = TableIdentifier.of(Namespace.of("shop"), "orders");
  private static final TableIdentifier CHILD =
      TableIdentifier.of(Namespace.of("shop"), "orders__lines");

  private static final AtomicInteger LAKES = new AtomicInteger();

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final boolean versions;
  private final Set<Long> sound = new HashSet<>();
  private long read;
  private List<String> rows = List.of();

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

  private Optional<Table> table(TableIdentifier name) {
    return catalog.tableExists(name) ? Optional.of(catalog.loadTable(name)) : Optional.empty();
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

  /** The child's rows, each with the order it belongs to; {@code null} where there is none. */
  List<String> lines() {
    if (table(CHILD).isEmpty()) {
      return List.of();
    }
    Map<Object, Object> orders = new HashMap<>();
    TableContent.rows(table(ROOT).orElseThrow(), "_firn_id", "id")
        .forEach(row -> orders.put(row.get(0), row.get(1)));
    return TableContent.rows(table(CHILD).get(), "_firn_parent_id", "product").stream()
        .map(row -> orders.get(row.get(0)) + " " + row.get(1))
        .sorted()
        .toList();
  }

  /** What holds of files at every moment. */
  void checkFiles() {
    for (TableIdentifier name : List.of(ROOT, CHILD)) {
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
