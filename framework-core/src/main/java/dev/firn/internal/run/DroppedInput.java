package dev.firn.internal.run;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.destination.LiveTable;
import dev.firn.pipeline.PipelinePlan.Action;
import dev.firn.pipeline.PipelinePlan.Before;
import dev.firn.pipeline.PipelinePlan.Dropped;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.schema.Column;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what modes that discard keep out: what the same sample would bring if all evolved. */
final class DroppedInput {
  private final Evolution evolution;
  private final Map<TableName, LiveTable> live;

  DroppedInput(Evolution evolution, Map<TableName, LiveTable> live) {
    this.evolution = evolution;
    this.live = live;
  }

  static boolean possible(Evolution evolution) {
    return discards(evolution.tables())
        || discards(evolution.columns())
        || discards(evolution.dataType());
  }

  private static boolean discards(ContractMode mode) {
    return mode == ContractMode.DISCARD_VALUE || mode == ContractMode.DISCARD_ROW;
  }

  /**
   * The plans, each with what is kept out of its table.
   *
   * @param wanted the schemas if everything evolved
   */
  List<TablePlan> addTo(List<TablePlan> plans, List<TableSchema> wanted) {
    Map<TableName, TableSchema> open = new HashMap<>();
    wanted.forEach(schema -> open.put(schema.name(), schema));
    List<TablePlan> told = new ArrayList<>();
    for (TablePlan plan : plans) {
      TableSchema all = open.remove(plan.table());
      told.add(all == null ? plan : with(plan, columns(plan.schema(), all)));
    }
    for (TableSchema missing : wanted) {
      if (open.containsKey(missing.name())) {
        LiveTable there = live.get(missing.name());
        told.add(there == null ? absent(missing) : untouched(there, missing));
      }
    }
    return told;
  }

  private static TablePlan with(TablePlan plan, List<Dropped> dropped) {
    return new TablePlan(
        plan.table(), plan.action(), plan.before(), plan.schema(), plan.changes(), dropped);
  }

  private List<Dropped> columns(TableSchema kept, TableSchema all) {
    Set<String> names = new HashSet<>();
    kept.columns().forEach(column -> names.add(column.name()));
    List<Dropped> dropped = new ArrayList<>();
    for (Column column : all.columns()) {
      if (!column.system() && !names.contains(column.name())) {
        dropped.add(dropped(column));
      }
    }
    return dropped;
  }

  /** A column without a source path would hold values that another column's type cannot. */
  private Dropped dropped(Column column) {
    String what = "column " + column.name() + " " + column.type().word();
    return column.sourcePaths().isEmpty()
        ? new Dropped(what, "evolution.data-type", evolution.dataType())
        : new Dropped(what, "evolution.columns", evolution.columns());
  }

  /** A table that is there, but no row of the sample would reach it. */
  private TablePlan untouched(LiveTable there, TableSchema all) {
    TableSchema schema = there.schema();
    Optional<Before> before = Optional.of(Before.of(there));
    return new TablePlan(
        schema.name(), Action.KEEP, before, schema, List.of(), columns(schema, all));
  }

  private TablePlan absent(TableSchema schema) {
    Dropped whole = new Dropped("table", "evolution.tables", evolution.tables());
    return new TablePlan(
        schema.name(), Action.DROP_INPUT, Optional.empty(), schema, List.of(), List.of(whole));
  }
}
