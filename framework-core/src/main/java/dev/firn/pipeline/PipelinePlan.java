package dev.firn.pipeline;

import dev.firn.contract.ContractMode;
import dev.firn.destination.LiveTable;
import dev.firn.internal.run.PlanJson;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do, judged by a sample of its input. Nothing was written.
 *
 * @param destination identity of catalog and warehouse, without secrets
 * @param resources in the order in which they would run
 */
public record PipelinePlan(String pipeline, String destination, List<ResourcePlan> resources) {
  public PipelinePlan {
    resources = List.copyOf(resources);
  }

  /** What would happen to the tables of a resource. */
  public Optional<ResourcePlan> resource(String name) {
    return resources.stream().filter(each -> each.resource().equals(name)).findFirst();
  }

  /** The text that {@link #parse} reads. */
  public String toJson() {
    return PlanJson.write(this);
  }

  /**
   * Reads a plan that was kept.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when it is none
   */
  public static PipelinePlan parse(String text) {
    return PlanJson.read(text);
  }

  /**
   * What would happen to the tables of one resource.
   *
   * @param rules their columns by column name
   * @param sampledRecords root records that were looked at
   * @param pendingLoads ids of loads of earlier runs that the run would finish or discard first
   */
  public record ResourcePlan(
      String resource,
      WriteDisposition disposition,
      WriteRules rules,
      List<String> key,
      long sampledRecords,
      List<TablePlan> tables,
      List<String> pendingLoads) {
    public ResourcePlan {
      key = List.copyOf(key);
      tables = List.copyOf(tables);
      pendingLoads = List.copyOf(pendingLoads);
    }
  }

  /** What would happen to a table. */
  public enum Action {
    CREATE,
    MODIFY,
    KEEP,
    /** A child table that is not there and would not be made. */
    DROP_INPUT
  }

  /**
   * What would happen to one table.
   *
   * @param before the table as it is; empty for a new one
   * @param schema the table's schema afterwards
   * @param changes what an existing table would get; empty for a new one
   * @param dropped what the sample brings and evolution keeps out
   */
  public record TablePlan(
      TableName table,
      Action action,
      Optional<Before> before,
      TableSchema schema,
      List<SchemaChange> changes,
      List<Dropped> dropped) {
    public TablePlan {
      changes = List.copyOf(changes);
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * A table that is there.
   *
   * @param uuid tells it from another one of its name
   * @param columnIds tell columns from others of their names
   */
  public record Before(String uuid, TableSchema schema, Map<String, Integer> columnIds) {
    public Before {
      columnIds = Map.copyOf(columnIds);
    }

    /** A table as it is there. */
    public static Before of(LiveTable table) {
      return new Before(table.uuid(), table.schema(), table.columnIds());
    }
  }

  /**
   * Input that a contract mode would keep out of a table.
   *
   * @param what such as {@code column note string}, or {@code table} for a child table that would
   *     not be made
   * @param setting the mode's key, such as {@code evolution.columns}
   * @param mode {@code discard_value}, or {@code discard_row}: the rows with it go too
   */
  public record Dropped(String what, String setting, ContractMode mode) {}
}
