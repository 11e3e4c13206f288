package dev.firn.destination;

import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known when staging begins.
 *
 * @param folder the package's own folder, for what the destination must remember beside its files
 * @param partitionBy partitioning for a table that does not exist yet
 */
public record StagingPlan(
    LoadId loadId,
    TableName root,
    WriteDisposition disposition,
    List<String> key,
    List<PartitionField> partitionBy,
    Path folder) {
  public StagingPlan {
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
  }
}
