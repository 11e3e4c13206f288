package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.RowGroupEncoder;
import dev.firn.iceberg.internal.parquet.SealedFile;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.io.FileIO;

/**
 * Copies chosen rows of data files into a new one, column by column, in their order. Holds about
 * one row group of 32 MiB at a time, however long the files are.
 */
final class RowCopy {
  private static final int GROUP_ROWS = 1 << 20;
  private static final long GROUP_BYTES = 32L << 20;

  private final FooterSchema footer;
  private final EncoderSettings settings;
  private final BufferAllocator memory;

  /**
   * @param footer its columns are those that are copied, all of primitive types
   */
  RowCopy(FooterSchema footer, EncoderSettings settings, BufferAllocator memory) {
    this.footer = footer;
    this.settings = settings;
    this.memory = memory;
  }

  /** Changes columns on their way; for one piece of a file. */
  interface Edit {
    /** The columns to be written, in the order of those read. */
    List<ReadColumn> apply(long first, List<ReadColumn> read, int rows);
  }

  /**
   * Rows of one file.
   *
   * @param wanted by position
   */
  record Rows(RowSource source, LongPredicate wanted, Edit edit) {}

  /** Writes the copy; nothing, and no file, if no row is wanted. */
  Optional<SealedFile> copy(List<Rows> files, FileIO io, String path) {
    try (RowGroupEncoder encoder = new RowGroupEncoder(settings);
        LiveVectors live = new LiveVectors(memory, footer.schema());
        OpenParquetFile file = OpenParquetFile.create(io, path)) {
      RowReader reader = new ScanReader();
      for (Rows each : files) {
        reader.read(
            each.source(),
            footer.schema(),
            RowReader.Stretches.ALL,
            (first, read, rows) -> {
              List<ReadColumn> edited = each.edit().apply(first, read, rows);
              for (int i = 0; i < rows; i++) {
                if (each.wanted().test(first + i)) {
                  live.append(edited, i);
                }
              }
              if (live.rows() >= GROUP_ROWS || live.bytes() >= GROUP_BYTES) {
                flush(live, encoder, file);
              }
            });
      }
      flush(live, encoder, file);
      return file.seal(footer, group -> true);
    }
  }

  private static void flush(LiveVectors live, RowGroupEncoder encoder, OpenParquetFile file) {
    if (live.rows() > 0) {
      file.append(encoder.encode(live.finish(), live.rows()), 0);
      live.clear();
    }
  }
}
