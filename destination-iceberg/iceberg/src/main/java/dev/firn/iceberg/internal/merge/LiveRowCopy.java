package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.SealedFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;

/** Copies what lives of a staged file into a new one, values, ids and order kept. */
public final class LiveRowCopy {
  private final MergeTable table;
  private final FooterSchema footer;
  private final EncoderSettings settings;
  private final BufferAllocator memory;

  /**
   * @param footer as the load's other files of the table have it
   * @param memory lends about 32 MiB while a file is copied
   */
  public LiveRowCopy(
      MergeTable table, FooterSchema footer, EncoderSettings settings, BufferAllocator memory) {
    this.table = table;
    this.footer = footer;
    this.settings = settings;
    this.memory = memory;
  }

  /**
   * Writes the copy.
   *
   * @param plan with at least one live row
   * @param path of the new file; it does not exist yet
   * @return the new file, to be added instead of the staged one
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses; no file is left
   */
  public DataFile copy(StagedPlan plan, String path) {
    RowSource source = RowSource.staged(table.io(), plan.data().file());
    RowCopy.Edit edit =
        plan.ids()
            .<RowCopy.Edit>map(ids -> (first, read, count) -> withIds(ids, first, read, count))
            .orElse((first, read, count) -> read);
    RowCopy.Rows rows = new RowCopy.Rows(source, position -> !plan.dead().contains(position), edit);
    FooterSchema columns =
        plan.ids().isPresent()
            ? FooterSchema.of(RowLineage.withRowId(footer.schema()), footer.metrics())
            : footer;
    SealedFile sealed =
        new RowCopy(columns, settings, memory).copy(List.of(rows), table.io(), path).orElseThrow();
    return dataFile(plan.data().spec(), plan.data().file().partition(), sealed);
  }

  private static List<ReadColumn> withIds(RowIds ids, long first, List<ReadColumn> read, int rows) {
    List<ReadColumn> columns = new ArrayList<>(read);
    columns.set(read.size() - 1, RowLineage.column(ids, first, rows));
    return columns;
  }

  static DataFile dataFile(PartitionSpec spec, StructLike partition, SealedFile sealed) {
    DataFiles.Builder copy =
        DataFiles.builder(spec)
            .withPath(sealed.path())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(sealed.length())
            .withMetrics(sealed.metrics())
            .withSplitOffsets(sealed.splitOffsets());
    if (spec.isPartitioned()) {
      copy.withPartition(partition);
    }
    return copy.build();
  }
}
