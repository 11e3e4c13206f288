package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;

/**
 * Child tables are named by their root before they hold anything: if the load is lost half-way, the
 * next one finds what is left of it even where it brings no such table itself.
 */
final class NamedChildren {
  private final CommitContext context;
  private final TableName root;

  NamedChildren(CommitContext context) {
    this.context = context;
    this.root = context.load().root().schema().name();
  }

  /**
   * Names those that the load is about to make. A root that is missing names none: who comes later
   * looks for tables by their names.
   *
   * @return whether the root is not as it was
   */
  boolean announce(Optional<TableMetadata> live) {
    if (live.isEmpty() || named(live.get()).containsAll(brought())) {
      return false;
    }
    new CommitLoop(root, context.pause()).run(this::round);
    return true;
  }

  private static Set<TableName> named(TableMetadata table) {
    return new LinkedHashSet<>(LiveTables.children(table.properties()));
  }

  private List<TableName> brought() {
    List<StagedTable> tables = context.load().tables();
    return tables.subList(1, tables.size()).stream()
        .filter(StagedTable::makesTable)
        .map(child -> child.schema().name())
        .toList();
  }

  private Answer round() {
    Answer done = new Answer.Done(Committed.nothing(root, true));
    return context.tables().change(root).flatMap(this::add).orElse(done);
  }

  /** Nothing when there is nothing more to do. */
  private Optional<Answer> add(BaseTransaction transaction) {
    TableMetadata base = transaction.startMetadata();
    SameTable.require(context.load().root(), Optional.of(base), context.load().loadId());
    context.fence().require(base);
    Set<TableName> all = named(base);
    if (!all.addAll(brought())) {
      return Optional.empty();
    }
    transaction
        .updateProperties()
        .set(FirnProperties.CHILDREN, LiveTables.childrenJson(all))
        .commit();
    RowChange none = RowChange.Append.of(List.of());
    return ConditionalCommit.send(
        new Proposal(transaction, Optional.of(base), none, "name", List.of(), false));
  }
}
