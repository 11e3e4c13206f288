package dev.firn.iceberg.internal.commit;

import dev.firn.destination.Upkeep;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes tables outside of loads, each by one conditional swap of metadata. */
public final class TableUpkeep implements Upkeep {
  private static final Logger log = LoggerFactory.getLogger(TableUpkeep.class);

  private final Tables tables;
  private final Pause pause;

  public TableUpkeep(Tables tables, Pause pause) {
    this.tables = tables;
    this.pause = pause;
  }

  @Override
  public ResourceState changeState(TableName root, StateChange change) {
    requireComplete(root, change);
    commit(root, List.of(change), false);
    return stateOf(existing(root).operations().current(), change);
  }

  /** Behind a newer state nobody would see that a child holds half a load. */
  private void requireComplete(TableName root, StateChange change) {
    ResourceState now = stateOf(existing(root).operations().current(), change);
    for (TableName each : besides(root)) {
      ResourceState beside = stateOf(existing(each).operations().current(), change);
      if (!each.equals(QuarantineTable.of(root)) && beside.version() > now.version()) {
        throw new FirnException(
            ErrorCode.COMMIT_CONFLICT,
            "Table %s holds rows of load %s, which is not complete: the state of %s stays as it is."
                .formatted(each, beside.loadId(), root),
            "Run the pipeline first: it finishes that load or takes it out.");
      }
    }
  }

  @Override
  public void empty(TableName root, List<StateChange> changes) {
    TableMetadata live = existing(root).operations().current();
    List<StateChange> ahead = changes.stream().map(change -> ahead(change, live)).toList();
    for (TableName each : besides(root)) {
      if (!LiveTables.isEmpty(existing(each).operations().current())) {
        commit(each, ahead, true);
      }
    }
    commit(root, changes, true);
  }

  /** As a child stands whose root waits for its commit: whoever loads next finds that. */
  private static StateChange ahead(StateChange change, TableMetadata root) {
    ResourceState next = change.next().apply(stateOf(root, change));
    return new StateChange(change.key(), change.mark(), now -> next);
  }

  @Override
  public void drop(TableName root) {
    besides(root).forEach(this::dropOne);
    tables.load(root).ifPresent(table -> dropOne(root)); // last: it names its children
  }

  /** The child tables that are there, and the quarantine. */
  private Set<TableName> besides(TableName root) {
    Set<TableName> names = new LinkedHashSet<>();
    tables
        .load(root)
        .map(table -> LiveTables.children(table.properties()))
        .ifPresent(names::addAll);
    names.removeIf(name -> tables.load(name).isEmpty());
    TableName quarantine = QuarantineTable.of(root);
    tables
        .load(quarantine)
        .map(table -> LiveTables.schema(quarantine, table.operations().current()))
        .filter(QuarantineTable::is)
        .ifPresent(schema -> names.add(quarantine));
    return names;
  }

  private void dropOne(TableName name) {
    try {
      tables.drop(name);
      log.info("Dropped {}", name);
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot drop table " + name, e);
    }
  }

  private BaseTable existing(TableName name) {
    return tables.load(name).orElseThrow(() -> missing(name));
  }

  private static FirnException missing(TableName name) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "There is no table " + name + ", so there is no state to change.",
        "Run the pipeline first; where its first run starts, incremental.initial says.");
  }

  private void commit(TableName name, List<StateChange> changes, boolean emptied) {
    new CommitLoop(name, pause).run(() -> round(name, changes, emptied));
  }

  private Answer round(TableName name, List<StateChange> changes, boolean emptied) {
    BaseTransaction transaction = tables.change(name).orElseThrow(() -> missing(name));
    TableMetadata base = transaction.startMetadata();
    if (changes.stream().allMatch(change -> isDone(base, change))) {
      return new Answer.Done(Committed.nothing(name, true));
    }
    RowChange rows =
        emptied && !LiveTables.isEmpty(base)
            ? RowChange.Replace.of(List.of(), Optional.of(base))
            : RowChange.Append.of(List.of());
    Map<String, String> summary = new TreeMap<>();
    Map<String, String> states = new TreeMap<>();
    for (StateChange change : changes) {
      ResourceState next = change.next().apply(stateOf(base, change));
      describe(next, summary);
      states.put(change.key(), next.toJson());
    }
    rows.apply(transaction, summary);
    UpdateProperties properties = transaction.updateProperties();
    states.forEach(properties::set);
    properties.commit();
    Proposal proposal =
        new Proposal(transaction, Optional.of(base), rows, "state", List.of(), true);
    return ConditionalCommit.send(proposal)
        .orElseGet(() -> new Answer.Done(Committed.nothing(name, true)));
  }

  private static boolean isDone(TableMetadata table, StateChange change) {
    return stateOf(table, change).loadId().equals(change.mark().value());
  }

  private static void describe(ResourceState state, Map<String, String> summary) {
    summary.put(FirnProperties.LOAD_ID, state.loadId());
    summary.put(FirnProperties.STATE_VERSION, Long.toString(state.version()));
    state
        .cursor()
        .map(CursorState::value)
        .ifPresent(value -> summary.put(FirnProperties.CURSOR, value));
  }

  private static ResourceState stateOf(TableMetadata table, StateChange change) {
    return Optional.ofNullable(table.properties().get(change.key()))
        .map(ResourceState::parse)
        .orElse(ResourceState.NONE);
  }
}
