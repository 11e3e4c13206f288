package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.RowGroupEncoder;
import dev.firn.iceberg.internal.parquet.SealedFile;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;

/** Copies what lives of a staged file into a new one, values, ids and order kept. */
public final class LiveRowCopy {
  private static final int GROUP_ROWS = 1 << 20;
  private static final long GROUP_BYTES = 32L << 20;

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
    Schema columns = footer.schema();
    try (RowGroupEncoder encoder = new RowGroupEncoder(settings);
        LiveVectors live = new LiveVectors(memory, columns);
        OpenParquetFile file = OpenParquetFile.create(table.io(), path)) {
      RowSource source = RowSource.staged(table.io(), plan.data().file());
      new ScanReader()
          .read(
              source,
              columns,
              RowReader.Stretches.ALL,
              (first, read, rows) -> {
                for (int i = 0; i < rows; i++) {
                  if (!plan.dead().contains(first + i)) {
                    live.append(read, i);
                  }
                }
                if (live.rows() >= GROUP_ROWS || live.bytes() >= GROUP_BYTES) {
                  flush(live, encoder, file);
                }
              });
      flush(live, encoder, file);
      return dataFile(plan, file.seal(footer, group -> true).orElseThrow());
    }
  }

  private static void flush(LiveVectors live, RowGroupEncoder encoder, OpenParquetFile file) {
    if (live.rows() > 0) {
      file.append(encoder.encode(live.finish(), live.rows()), 0);
      live.clear();
    }
  }

  private static DataFile dataFile(StagedPlan plan, SealedFile sealed) {
    DataFiles.Builder copy =
        DataFiles.builder(plan.data().spec())
            .withPath(sealed.path())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(sealed.length())
            .withMetrics(sealed.metrics())
            .withSplitOffsets(sealed.splitOffsets());
    if (plan.data().spec().isPartitioned()) {
      copy.withPartition(plan.data().file().partition());
    }
    return copy.build();
  }
}
