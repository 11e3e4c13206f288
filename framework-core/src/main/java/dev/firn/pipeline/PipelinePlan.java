package dev.firn.pipeline;

import dev.firn.load.WriteDisposition;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.List;

/**
 * What a run would do, judged by a sample of its input. Nothing was written.
 *
 * @param resources in the order in which they would run
 */
public record PipelinePlan(String pipeline, List<ResourcePlan> resources) {
  public PipelinePlan {
    resources = List.copyOf(resources);
  }

  /**
   * What would happen to the tables of one resource.
   *
   * @param sampledRecords root records that were looked at
   * @param pendingLoads ids of loads of earlier runs that the run would finish or discard first
   */
  public record ResourcePlan(
      String resource,
      WriteDisposition disposition,
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
    KEEP
  }

  /**
   * What would happen to one table.
   *
   * @param schema the table's schema afterwards
   * @param changes what an existing table would get; empty for a new one
   */
  public record TablePlan(
      TableName table, Action action, TableSchema schema, List<SchemaChange> changes) {
    public TablePlan {
      changes = List.copyOf(changes);
    }
  }
}
