package dev.firn.testkit;

import dev.firn.destination.Capability;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.destination.SnapshotInfo;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.destination.Upkeep;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.Lease;
import dev.firn.state.ResourceState;
import dev.firn.testkit.MemoryStaging.Sealed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tables in memory, by the rules of every destination and without any cleverness: the oracle that
 * others are held against, and a place to load into where a test is not about storage. Checks what
 * it is given: every row fits its schema, keys are not null, ids are unique, every child row has
 * its parent.
 *
 * <p>Closing it keeps the tables. Several threads may stage and look while one commits.
 */
public final class MemoryDestination implements Destination {
  final Map<TableName, MemoryTable> tables = new HashMap<>();
  private final Map<LoadId, Sealed> staged = new HashMap<>();
  private final Map<LoadId, CommitResult> done = new HashMap<>();
  private long snapshots;

  @Override
  public String identity() {
    return "memory";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.MERGE, Capability.NESTED_NAMESPACES, Capability.MULTI_TABLE_COMMIT);
  }

  @Override
  public MetadataService metadata() {
    return new Metadata();
  }

  @Override
  public Upkeep upkeep() {
    return new MemoryUpkeep(this);
  }

  @Override
  public Staging stage(StagingPlan plan) {
    return new MemoryStaging(this, plan);
  }

  @Override
  public synchronized CommitResult commit(
      LoadPackage load, Lease lease, Path folder, LoadObserver observer) {
    TableName root = load.root().schema().name();
    if (!done.containsKey(load.loadId()) && !lease.follows(lease(root, load.pipeline()))) {
      throw new FirnException(
          ErrorCode.LEASE_LOST,
          "Table %s: another run has taken over from that of load %s."
              .formatted(root, load.loadId()),
          "Run again.");
    }
    CommitResult result = commit(load, folder, observer);
    boolean written = result.tables().get(0).snapshotId().isPresent() && !result.alreadyDone();
    if (written) {
      table(root).properties.put(Lease.key(load.pipeline()), lease.released().toJson());
    }
    return result;
  }

  private Lease lease(TableName root, String pipeline) {
    return metadata().current(root).map(live -> live.lease(pipeline)).orElse(Lease.NONE);
  }

  @Override
  public synchronized CommitResult commit(LoadPackage load, Path folder, LoadObserver observer) {
    TableName root = load.root().schema().name();
    ResourceState state =
        Optional.ofNullable(tables.get(root))
            .flatMap(table -> table.live().state(load.pipeline(), load.resource()))
            .orElse(ResourceState.NONE);
    CommitResult before = done.get(load.loadId());
    if (before != null) {
      return new CommitResult(before.tables(), before.superseded(), true, before.promise());
    } else if (!state.sliceLike(load.before()).equals(load.before())) {
      throw new FirnException(
          ErrorCode.STATE_MOVED,
          "Table %s: another load moved the state of %s.".formatted(root, load.resource()),
          "Run again.");
    }
    load.requireJudgedBy(
        Optional.ofNullable(tables.get(root))
            .map(table -> table.live().snapshotId())
            .orElse(OptionalLong.empty()));
    Sealed sealed = staged.get(load.loadId());
    if (sealed == null) {
      throw new AssertionError("Load " + load.loadId() + " was discarded or never sealed.");
    }
    observer.committing(load.loadId(), root);
    MemoryCommit commit = new MemoryCommit(this, load, sealed);
    List<TableOutcome> outcomes = commit.run();
    observer.committed(load.loadId(), root);
    CommitResult result = new CommitResult(outcomes, commit.superseded(), false, "multi-table");
    done.put(load.loadId(), result);
    return result;
  }

  @Override
  public synchronized long forget(TableName quarantine, Set<LoadId> loads, Instant before) {
    MemoryTable table = tables.get(quarantine);
    if (table == null) {
      return 0;
    }
    long rows = table.rows.size();
    table.rows.removeIf(
        row -> {
          LoadId load = new LoadId(String.valueOf(row.get(SystemColumns.LOAD_ID)));
          return loads.contains(load) || load.time().isBefore(before);
        });
    return rows - table.rows.size();
  }

  @Override
  public synchronized void discard(LoadPackage load, Path folder) {
    staged.remove(load.loadId());
  }

  @Override
  public void discardUnsealed(Path folder) {}

  @Override
  public void close() {}

  /**
   * The rows of a table, in order; a missing column is null. Values as in {@link
   * MetadataService#sample}.
   */
  public synchronized List<Map<String, Object>> rows(String table) {
    MemoryTable found = tables.get(TableName.parse(table));
    return found == null ? List.of() : List.copyOf(found.rows);
  }

  /** The values of a column of all rows, in the order of the rows, nulls left out. */
  public List<Object> values(String table, String column) {
    return rows(table).stream()
        .filter(row -> row.containsKey(column))
        .map(row -> row.get(column))
        .toList();
  }

  /** The number of commits that a table has seen. */
  public int commits(String table) {
    return table(TableName.parse(table)).history.size();
  }

  synchronized void sealed(LoadId load, Sealed sealed) {
    staged.put(load, sealed);
  }

  synchronized Optional<String> uuid(TableName name) {
    return Optional.ofNullable(tables.get(name)).map(table -> table.uuid);
  }

  MemoryTable table(TableName name) {
    MemoryTable table = tables.get(name);
    if (table == null) {
      throw new AssertionError("There is no table " + name + " among " + tables.keySet());
    }
    return table;
  }

  void create(TableSchema schema) {
    tables.put(schema.name(), new MemoryTable(schema, "uuid-" + (tables.size() + 1)));
  }

  long nextSnapshot() {
    return ++snapshots;
  }

  /** Fails unless all rows are whole and every child row has a parent. */
  void check() {
    Map<TableName, Set<Object>> ids = new HashMap<>();
    for (MemoryTable table : tables.values()) {
      table.check();
      Set<Object> own = new HashSet<>();
      table.rows.forEach(row -> own.add(row.getOrDefault(SystemColumns.ID, "none")));
      ids.put(table.schema.name(), own);
    }
    for (MemoryTable root : tables.values()) {
      Set<Object> family = new HashSet<>(ids.get(root.schema.name()));
      root.children.forEach(child -> family.addAll(ids.get(child)));
      root.children.forEach(child -> checkParents(table(child), family));
    }
  }

  private static void checkParents(MemoryTable child, Set<Object> family) {
    for (Map<String, Object> row : child.rows) {
      if (!family.contains(row.getOrDefault(SystemColumns.PARENT_ID, "missing"))) {
        throw new AssertionError(child.schema.name() + ": a row without its parent: " + row);
      }
    }
  }

  private final class Metadata implements MetadataService {
    @Override
    public Optional<LiveTable> current(TableName name) {
      synchronized (MemoryDestination.this) {
        return Optional.ofNullable(tables.get(name)).map(MemoryTable::live);
      }
    }

    @Override
    public boolean replaceProperty(TableName name, String key, Optional<String> seen, String next) {
      synchronized (MemoryDestination.this) {
        MemoryTable table = tables.get(name);
        if (table == null || !Optional.ofNullable(table.properties.get(key)).equals(seen)) {
          return false;
        }
        table.properties.put(key, next);
        return true;
      }
    }

    @Override
    public List<TableName> tables() {
      return tables.keySet().stream().sorted(Comparator.comparing(TableName::toString)).toList();
    }

    @Override
    public List<SnapshotInfo> history(TableName name) {
      return List.copyOf(table(name).history);
    }

    @Override
    public List<String> sample(TableName name, int limit) {
      MemoryTable table = table(name);
      return table.rows.stream().limit(limit).map(row -> RowJson.of(table.schema, row)).toList();
    }
  }
}
