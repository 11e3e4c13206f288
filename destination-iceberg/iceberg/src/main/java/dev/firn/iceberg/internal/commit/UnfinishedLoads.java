package dev.firn.iceberg.internal.commit;

import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads of the same resource that committed a child table and never their root, and whose package
 * is lost: a package that is there was finished before this one was begun. Whoever runs the
 * resource holds its lock, so nobody is still at work on them.
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
   */
  void undo(Optional<TableMetadata> live) {
    Set<TableName> children = context.childNames(live);
    if (children.isEmpty()) {
      return;
    }
    long root = context.rootVersion();
    for (TableName child : children) {
      context
          .current(child)
          .map(table -> TableRole.stateOf(table, context.load()))
          .filter(state -> state.version() > root && !isOurs(state))
          .ifPresent(state -> undo(child, new LoadId(state.loadId())));
    }
  }

  private boolean isOurs(ResourceState state) {
    return state.loadId().equals(context.load().loadId().value());
  }

  private void undo(TableName child, LoadId load) {
    log.warn("Table {} is ahead of its root: load {} was never finished", child, load);
    new ChildUndo(context, load).undoAll();
  }
}
