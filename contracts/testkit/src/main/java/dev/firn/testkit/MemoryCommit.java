package dev.firn.testkit;

import dev.firn.destination.SnapshotInfo;
import dev.firn.load.DedupSort;
import dev.firn.load.LoadPackage;
import dev.firn.load.MergeStrategy;
import dev.firn.load.StagedTable;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import dev.firn.testkit.MemoryStaging.Sealed;
import dev.firn.testkit.MemoryStaging.StagedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a commit means, in the plainest words: append, replace, or merge row by row, children with
 * their parents.
 */
final class MemoryCommit {
  private final MemoryDestination destination;
  private final LoadPackage load;
  private final List<StagedRow> staged;
  private final List<Map<String, Object>> aside;
  private final Map<TableName, List<String>> changes = new HashMap<>();
  private long superseded;
  private long inserted;
  private long updated;
  private long unchanged;
  private long deleted;

  MemoryCommit(MemoryDestination destination, LoadPackage load, Sealed sealed) {
    this.destination = destination;
    this.load = load;
    this.staged = new ArrayList<>(sealed.rows());
    this.aside = sealed.aside();
    staged.sort(Comparator.comparingLong(StagedRow::split).thenComparingLong(StagedRow::at));
  }

  long superseded() {
    return superseded;
  }

  /** Commits; what became of the tables, the root first. */
  List<TableOutcome> run() {
    boolean made = !destination.tables.containsKey(load.root().schema().name());
    load.tables().forEach(this::evolve);
    switch (load.disposition()) {
      case APPEND -> staged.forEach(this::insert);
      case CREATE_IF_MISSING -> {
        if (made) {
          staged.forEach(this::insert);
        }
      }
      case SKIP -> throw new AssertionError("A load that is skipped was committed.");
      case REPLACE -> replace();
      case MERGE -> merge();
    }
    boolean moved = !load.before().equals(load.after());
    boolean rows = inserted + updated + deleted + aside.size() > 0;
    boolean schemas = changes.values().stream().anyMatch(list -> !list.isEmpty());
    return rows || schemas || moved ? publish() : untouched();
  }

  private MemoryTable root() {
    return destination.table(load.root().schema().name());
  }

  private void evolve(StagedTable table) {
    TableName name = table.schema().name();
    MemoryTable known = destination.tables.get(name);
    if (known == null) {
      destination.create(table.schema());
      changes.put(name, List.of("create"));
    } else {
      SchemaDiff diff = SchemaDiff.between(known.schema, table.schema());
      known.schema = diff.applyTo(known.schema);
      changes.put(name, diff.changes().stream().map(SchemaChange::describe).toList());
    }
    MemoryTable root = root();
    if (!name.equals(root.schema.name()) && !root.children.contains(name)) {
      root.children.add(name);
    }
  }

  private void insert(StagedRow row) {
    root().rows.add(row.values());
    row.children().forEach((table, rows) -> destination.table(table).rows.addAll(rows));
    inserted++;
  }

  private void replace() {
    deleted = root().rows.size();
    root().rows.clear();
    root().children.forEach(child -> destination.table(child).rows.clear());
    staged.forEach(this::insert);
  }

  private void merge() {
    Map<List<Object>, StagedRow> winners = winners();
    Set<Map<String, Object>> stays = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<List<Object>, Map<String, Object>> present = new HashMap<>();
    if (!load.key().isEmpty()) {
      root().rows.forEach(row -> present.put(root().key(row, load.key()), row));
    }
    winners.forEach((key, row) -> merge(present.get(key), row, stays));
    List<String> mergeKey = load.rules().mergeKey();
    Set<List<Object>> shared = new HashSet<>();
    if (!mergeKey.isEmpty()) {
      staged.forEach(row -> shared.add(root().key(row.values(), mergeKey)));
    }
    for (Map<String, Object> row : List.copyOf(root().rows)) {
      boolean ours = load.loadId().value().equals(row.get(SystemColumns.LOAD_ID));
      boolean absent =
          load.rules().deleteAbsent() && !winners.containsKey(root().key(row, load.key()));
      boolean together =
          !mergeKey.isEmpty() && !stays.contains(row) && shared.contains(root().key(row, mergeKey));
      if (!ours && (absent || together)) {
        remove(row);
        deleted++;
      }
    }
  }

  /** The rows of the load by key: of several with one key the preferred one, else the last. */
  private Map<List<Object>, StagedRow> winners() {
    Map<List<Object>, StagedRow> winners = new LinkedHashMap<>();
    for (StagedRow row : staged) {
      List<Object> key =
          load.key().isEmpty()
              ? List.of(row.split(), row.at())
              : root().key(row.values(), load.key());
      StagedRow other = winners.get(key);
      superseded += other == null ? 0 : 1;
      if (other == null || !preferred(other, row)) {
        winners.put(key, row);
      }
    }
    return winners;
  }

  @SuppressWarnings("unchecked") // values of one column are of one class
  private boolean preferred(StagedRow one, StagedRow other) {
    DedupSort sort = load.rules().dedupSort().orElse(null);
    if (sort == null) {
      return false;
    }
    Object mine = one.values().get(sort.column());
    Object theirs = other.values().get(sort.column());
    if (mine == null || theirs == null) {
      return mine != null;
    }
    int order = ((Comparable<Object>) mine).compareTo(theirs);
    return sort.leastWins() ? order < 0 : order > 0;
  }

  private boolean deletes(StagedRow row) {
    Object said = load.rules().hardDelete().map(row.values()::get).orElse(null);
    return said != null && !said.equals(false);
  }

  private void merge(
      @Nullable Map<String, Object> old, StagedRow row, Set<Map<String, Object>> stays) {
    boolean insertOnly = load.rules().mergeStrategy() == MergeStrategy.INSERT_ONLY;
    boolean same =
        old != null && hash(old) != null && Objects.equals(hash(old), hash(row.values()));
    if (old == null && deletes(row)) {
      unchanged++;
    } else if (old == null) {
      insert(row);
    } else if (insertOnly || (same && !deletes(row))) {
      unchanged++;
      stays.add(old);
    } else if (deletes(row)) {
      remove(old);
      deleted++;
    } else {
      remove(old);
      insert(row);
      inserted--;
      updated++;
    }
  }

  private static @Nullable Object hash(Map<String, Object> row) {
    return row.get(SystemColumns.ROW_HASH);
  }

  private void remove(Map<String, Object> old) {
    root().rows.removeIf(row -> row == old);
    Object id = old.get(SystemColumns.ID);
    if (id != null) {
      removeChildren(Set.of(id));
    }
  }

  private void removeChildren(Set<Object> parents) {
    if (!parents.isEmpty()) {
      for (TableName child : root().children) {
        removeChildren(destination.table(child).removeChildrenOf(parents));
      }
    }
  }

  private List<TableOutcome> publish() {
    ResourceState before =
        root().live().state(load.pipeline(), load.resource()).orElse(ResourceState.NONE);
    String state = before.advance(load.after(), load.loadId().value()).toJson();
    String operation = load.disposition().word();
    List<TableOutcome> outcomes = new ArrayList<>();
    for (TableName name : written()) {
      MemoryTable table = destination.table(name);
      table.properties.put(load.stateKey(), state);
      SnapshotInfo snapshot =
          new SnapshotInfo(
              destination.nextSnapshot(),
              Instant.EPOCH,
              operation,
              Map.of("firn.load-id", load.loadId().value()));
      table.history.add(0, snapshot);
      outcomes.add(outcome(name, operation, OptionalLong.of(snapshot.id())));
    }
    destination.check();
    if (!aside.isEmpty()) {
      outcomes.add(keepAside());
    }
    return outcomes;
  }

  private TableOutcome keepAside() {
    TableSchema schema = load.quarantine().orElseThrow().schema();
    if (!destination.tables.containsKey(schema.name())) {
      destination.create(schema);
    }
    MemoryTable table = destination.table(schema.name());
    table.rows.addAll(aside);
    return new TableOutcome(
        schema.name(),
        WriteDisposition.APPEND.word(),
        aside.size(),
        0,
        0,
        0,
        table.rows.size(),
        OptionalLong.of(destination.nextSnapshot()),
        List.of(),
        1);
  }

  private List<TableName> written() {
    List<TableName> names = new ArrayList<>();
    names.add(load.root().schema().name());
    names.addAll(
        load.disposition() == WriteDisposition.APPEND
            ? load.tables().stream().skip(1).map(table -> table.schema().name()).toList()
            : root().children);
    return names;
  }

  private List<TableOutcome> untouched() {
    return List.of(outcome(load.root().schema().name(), "none", OptionalLong.empty()));
  }

  private TableOutcome outcome(TableName name, String operation, OptionalLong snapshot) {
    MemoryTable table = destination.table(name);
    boolean root = name.equals(load.root().schema().name());
    return new TableOutcome(
        name,
        operation,
        root ? inserted : 0,
        root ? updated : 0,
        root ? deleted : 0,
        root ? unchanged : 0,
        table.rows.size(),
        snapshot,
        changes.getOrDefault(name, List.of()),
        snapshot.isPresent() ? 1 : 0);
  }
}
