package dev.firn.testkit;

import dev.firn.destination.SnapshotInfo;
import dev.firn.destination.Upkeep;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes tables in memory outside of loads. */
final class MemoryUpkeep implements Upkeep {
  private final MemoryDestination destination;

  MemoryUpkeep(MemoryDestination destination) {
    this.destination = destination;
  }

  @Override
  public ResourceState changeState(TableName root, StateChange change) {
    synchronized (destination) {
      return change(root, change);
    }
  }

  private ResourceState change(TableName root, StateChange change) {
    MemoryTable table = existing(root);
    ResourceState now =
        Optional.ofNullable(table.properties.get(change.key()))
            .map(ResourceState::parse)
            .orElse(ResourceState.NONE);
    if (now.loadId().equals(change.mark().value())) {
      return now;
    }
    ResourceState next = change.next().apply(now);
    table.properties.put(change.key(), next.toJson());
    table.history.add(
        0, new SnapshotInfo(destination.nextSnapshot(), Instant.EPOCH, "append", Map.of()));
    return next;
  }

  @Override
  public void empty(TableName root, List<StateChange> changes) {
    MemoryTable table = existing(root);
    changes.forEach(change -> changeState(root, change));
    table.children.forEach(child -> destination.table(child).rows.clear());
    table.rows.clear();
    quarantine(root).ifPresent(rejected -> rejected.rows.clear());
  }

  @Override
  public void drop(TableName root) {
    quarantine(root).ifPresent(rejected -> destination.tables.remove(rejected.schema.name()));
    MemoryTable table = destination.tables.remove(root);
    if (table != null) {
      table.children.forEach(destination.tables::remove);
    }
  }

  private Optional<MemoryTable> quarantine(TableName root) {
    return Optional.ofNullable(destination.tables.get(QuarantineTable.of(root)))
        .filter(table -> QuarantineTable.is(table.schema));
  }

  private MemoryTable existing(TableName name) {
    MemoryTable table = destination.tables.get(name);
    if (table == null) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "There is no table " + name + ".", "Run the pipeline first.");
    }
    return table;
  }
}
