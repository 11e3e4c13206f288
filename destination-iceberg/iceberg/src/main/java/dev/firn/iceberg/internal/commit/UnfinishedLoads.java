package dev.firn.iceberg.internal.commit;

import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads of the same resource that committed a child table and never their root, and whose package
 * is lost: a package that is there was finished before this one was begun. A run that may still
 * complete its load is kept from that first, or left alone while it is alive.
 */
final class UnfinishedLoads {
  private static final Logger log = LoggerFactory.getLogger(UnfinishedLoads.class);

  private final CommitContext context;

  UnfinishedLoads(CommitContext context) {
    this.context = context;
  }

  /**
   * Takes them out of all child tables.
   *
   * @param live the root
   * @return whether there were any
   * @throws FirnException {@code ALREADY_RUNNING} when the run of one of them is alive
   */
  boolean undo(Optional<TableMetadata> live) {
    Set<TableName> beside = context.tablesBeside(live);
    if (beside.isEmpty()) {
      return false;
    }
    Set<TableName> ahead = new LinkedHashSet<>();
    for (TableName each : beside) {
      if (ahead(each).isPresent()) {
        ahead.add(each);
      }
    }
    for (TableName each : ahead) {
      ahead(each).ifPresent(table -> undo(each, table, beside, ahead));
    }
    return !ahead.isEmpty();
  }

  /** A child that is ahead of its root, as both are at this moment. */
  private Optional<TableMetadata> ahead(TableName child) {
    Optional<TableMetadata> there = context.current(child);
    long root = context.rootVersion();
    return there.filter(table -> isAhead(stateOf(table), root));
  }

  private ResourceState stateOf(TableMetadata table) {
    return TableRole.stateOf(table, context.load());
  }

  private boolean isAhead(ResourceState state, long root) {
    return state.version() > root && !isOurs(state);
  }

  private boolean isOurs(ResourceState state) {
    return state.loadId().equals(context.load().loadId().value());
  }

  private void undo(
      TableName child, TableMetadata table, Set<TableName> beside, Set<TableName> ahead) {
    LoadId load = new LoadId(stateOf(table).loadId());
    Fence fence = context.fence();
    TableName root = context.load().root().schema().name();
    // a load without a fence is told by its root that its children have gone
    boolean unfenced = fence.lease().isEmpty();
    if (unfenced || fence.isAnothers(fence.of(table), context.current(root))) {
      new RootClaim(context, ahead).run();
    }
    if (ahead(child).isPresent()) { // else its root was committed before it was taken
      log.warn("Table {} is ahead of its root: load {} was never finished", child, load);
      new ChildUndo(context, load).undoIn(beside);
    }
  }
}
