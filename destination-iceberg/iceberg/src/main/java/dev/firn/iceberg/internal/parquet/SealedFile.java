package dev.firn.iceberg.internal.parquet;

import java.util.List;
import org.apache.iceberg.Metrics;

/**
 * A finished Parquet file, ready to become a data file of a table.
 *
 * @param path as the storage names it
 * @param length in bytes
 * @param recordCount rows of the groups that were kept
 * @param rowGroups the kept groups in file order
 * @param splitOffsets where each kept group begins
 * @param metrics by the field ids of the footer
 */
public record SealedFile(
    String path,
    long length,
    long recordCount,
    List<SealedRowGroup> rowGroups,
    List<Long> splitOffsets,
    Metrics metrics) {
  /** Copies the lists. */
  public SealedFile {
    rowGroups = List.copyOf(rowGroups);
    splitOffsets = List.copyOf(splitOffsets);
  }
}
