package dev.firn.iceberg.internal.merge;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/**
 * A finished data file of the load that no snapshot refers to yet.
 *
 * @param file as it would be added; its field ids are those of the table's target schema
 * @param spec of the file's partition
 * @param groups its row groups in file order; together they hold all its rows
 */
public record StagedData(DataFile file, PartitionSpec spec, List<StagedGroup> groups) {
  public StagedData {
    groups = List.copyOf(groups);
  }
}
