package dev.firn.iceberg.internal.merge;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;

/**
 * Rows of one file of the base snapshot that the commit deletes. None of them was deleted before.
 *
 * @param file deletes are keyed by its {@link DataFile#location}, letter by letter
 * @param earlier the base's position deletes and vectors that apply to the file
 */
public record TargetDeletes(
    DataFile file, PartitionSpec spec, List<DeleteFile> earlier, Positions positions) {
  public TargetDeletes {
    earlier = List.copyOf(earlier);
  }
}
