package dev.firn.destination;

import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSettings;
import dev.firn.state.LoadedWindows.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known when staging begins.
 *
 * @param folder the package's own folder, for what the destination must remember beside its files
 * @param partitionBy partitioning that the root is to have; empty: the one that it has, or none
 * @param rules their columns by column name
 * @param window the window of time that the load brings, of a resource that has such
 * @param settings how the root is to be kept
 */
public record StagingPlan(
    LoadId loadId,
    TableName root,
    WriteDisposition disposition,
    WriteRules rules,
    List<String> key,
    List<PartitionField> partitionBy,
    Optional<Window> window,
    TableSettings settings,
    Path folder) {
  public StagingPlan {
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
  }

  /** A plan of which no settings are said. */
  public StagingPlan(
      LoadId loadId,
      TableName root,
      WriteDisposition disposition,
      List<String> key,
      List<PartitionField> partitionBy,
      Path folder) {
    this(
        loadId,
        root,
        disposition,
        WriteRules.DEFAULT,
        key,
        partitionBy,
        Optional.empty(),
        TableSettings.NONE,
        folder);
  }
}
