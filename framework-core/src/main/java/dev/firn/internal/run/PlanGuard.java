package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelinePlan.Before;
import dev.firn.pipeline.PipelinePlan.ResourcePlan;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.schema.Column;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a run to a plan that was made before: the tables must be as they were then, and nothing
 * happens to them that the plan does not show. Without a plan everything passes.
 */
final class PlanGuard {
  private final Optional<ResourcePlan> plan;

  private PlanGuard(Optional<ResourcePlan> plan) {
    this.plan = plan;
  }

  /**
   * The guard of one resource.
   *
   * @throws FirnException {@code PLAN_OUTDATED} when the plan is for another pipeline, destination
   *     or way to write
   */
  static PlanGuard of(Optional<PipelinePlan> plan, Task task) {
    if (plan.isEmpty()) {
      return new PlanGuard(Optional.empty());
    }
    String resource = task.resource().name();
    same("pipeline", plan.get().pipeline(), task.pipeline().name());
    same("destination", plan.get().destination(), task.destination().identity());
    Optional<ResourcePlan> planned = plan.get().resource(resource);
    if (planned.isEmpty()) {
      throw outdated("The plan says nothing of resource " + resource + ".");
    }
    same(
        "write-disposition of " + resource,
        planned.get().disposition().word(),
        task.resource().disposition().word());
    return new PlanGuard(planned);
  }

  private static void same(String what, String planned, String now) {
    if (!planned.equals(now)) {
      throw outdated("The plan is for the %s %s, but this is %s.".formatted(what, planned, now));
    }
  }

  private static FirnException outdated(String message) {
    return new FirnException(
        ErrorCode.PLAN_OUTDATED, message, "Plan again with firn plan --out FILE.");
  }

  /** Refuses tables that are no longer as the plan found them. */
  void requireAsPlanned(List<LiveTable> live, List<String> key, WriteRules rules) {
    Map<TableName, LiveTable> now = LiveTables.byName(live);
    for (TablePlan table : tables()) {
      Optional<LiveTable> there = Optional.ofNullable(now.get(table.table()));
      difference(table.before(), there)
          .ifPresent(
              what -> {
                throw outdated(
                    "Table %s %s since it was planned for.".formatted(table.table(), what));
              });
    }
    if (plan.isPresent()) {
      same(
          "rules of writing",
          RulesJson.write(plan.get().rules()).toString(),
          RulesJson.write(rules).toString());
      same("key", String.join(", ", plan.get().key()), String.join(", ", key));
    }
  }

  private List<TablePlan> tables() {
    return plan.map(ResourcePlan::tables).orElse(List.of());
  }

  private static Optional<String> difference(Optional<Before> before, Optional<LiveTable> now) {
    if (before.isEmpty()) {
      return now.map(table -> "was created");
    } else if (now.isEmpty()) {
      return Optional.of("was dropped");
    } else if (!now.get().uuid().equals(before.get().uuid())) {
      return Optional.of("was dropped and made anew");
    }
    Optional<String> anew = madeAnew(before.get().columnIds(), now.get().columnIds());
    if (anew.isPresent()) {
      return Optional.of("changed (column %s was dropped and made anew)".formatted(anew.get()));
    }
    TableSchema then = before.get().schema();
    return now.get().schema().equals(then)
        ? Optional.empty()
        : Optional.of("changed (" + changed(then, now.get().schema()) + ")");
  }

  /** A column that is as it was, but another one. */
  private static Optional<String> madeAnew(Map<String, Integer> then, Map<String, Integer> now) {
    return then.entrySet().stream()
        .filter(each -> !each.getValue().equals(now.getOrDefault(each.getKey(), each.getValue())))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  /** How a table differs from what it was, in words. */
  private static String changed(TableSchema then, TableSchema now) {
    List<String> words = new ArrayList<>();
    for (Column column : then.columns()) {
      Optional<Column> found = now.column(column.name());
      if (found.isEmpty()) {
        words.add("- column " + column.name());
      } else if (!found.get().type().equals(column.type())) {
        words.add(
            new SchemaChange.WidenType(column.name(), column.type(), found.get().type())
                .describe());
      } else if (!found.get().equals(column)) {
        words.add("~ column " + column.name());
      }
    }
    for (Column column : now.columns()) {
      if (then.column(column.name()).isEmpty()) {
        words.add(new SchemaChange.AddColumn(column).describe());
      }
    }
    if (!then.partitionBy().equals(now.partitionBy())) {
      words.add(new SchemaChange.Repartition(then.partitionBy(), now.partitionBy()).describe());
    }
    if (words.isEmpty()) {
      boolean same = Set.copyOf(then.columns()).equals(Set.copyOf(now.columns()));
      boolean moved = same && !then.columns().equals(now.columns());
      words.add(moved ? "the order of its columns" : "its key or settings");
    }
    return String.join("; ", words);
  }

  /**
   * Refuses changes that the plan does not show.
   *
   * @param targets what the load's tables must become
   */
  void requireShown(List<TableSchema> targets, List<LiveTable> live) {
    if (plan.isEmpty()) {
      return;
    }
    Map<TableName, LiveTable> now = LiveTables.byName(live);
    List<String> unplanned = new ArrayList<>();
    for (TableSchema target : targets) {
      Optional<TablePlan> table =
          tables().stream().filter(each -> each.table().equals(target.name())).findFirst();
      LiveTable there = now.get(target.name());
      if (there == null && table.isEmpty()) {
        unplanned.add("+ table " + target.name());
      } else {
        Set<String> shown = table.map(PlanGuard::shown).orElse(Set.of());
        wanted(target, Optional.ofNullable(there)).stream()
            .filter(change -> !shown.contains(change))
            .forEach(change -> unplanned.add(target.name() + ": " + change));
      }
    }
    if (!unplanned.isEmpty()) {
      throw outdated(
          "The input asks for changes that the plan does not show: "
              + String.join("; ", unplanned)
              + ".");
    }
  }

  private static Set<String> shown(TablePlan table) {
    return new HashSet<>(
        table.before().isPresent() ? described(table.changes()) : columns(table.schema()));
  }

  private static List<String> wanted(TableSchema target, Optional<LiveTable> there) {
    return there
        .map(table -> described(SchemaDiff.between(table.schema(), target).changes()))
        .orElseGet(() -> columns(target));
  }

  private static List<String> columns(TableSchema schema) {
    return schema.columns().stream()
        .map(column -> new SchemaChange.AddColumn(column).describe())
        .toList();
  }

  private static List<String> described(List<SchemaChange> changes) {
    return changes.stream().map(SchemaChange::describe).toList();
  }
}
