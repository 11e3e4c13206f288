package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncodedRowGroup;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.SealedFile;
import dev.firn.iceberg.internal.parquet.SealedRowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import dev.firn.load.StagedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.apache.arrow.vector.types.pojo.Field;

/** A data file that is being written, and whose rows are in which of its row groups. */
final class OpenFile implements AutoCloseable {
  private final TableStaging.FileKind kind;
  private final OpenParquetFile file;
  private final Map<Integer, SetRows> groups = new ConcurrentHashMap<>();

  OpenFile(TableStaging.FileKind kind, OpenParquetFile file) {
    this.kind = kind;
    this.file = file;
  }

  private record SetRows(long set, List<RowRun> runs) {}

  void append(EncodedRowGroup group, long set, List<RowRun> runs) {
    groups.put(file.append(group, set), new SetRows(set, runs));
  }

  long bytes() {
    return file.bytesWritten();
  }

  boolean keepsAny(LongPredicate keep) {
    return groups.values().stream().anyMatch(rows -> keep.test(rows.set()));
  }

  /** Finishes the file, or deletes it when no set of it counts. */
  Optional<StagedFile> seal(StagingTarget.Sealed sealed, LongPredicate keep) {
    FooterSchema footer = FooterSchema.of(sealed.schema(), sealed.metrics());
    try {
      return file.seal(footer, index -> keep.test(setOf(index))).map(done -> staged(done, sealed));
    } catch (IllegalArgumentException e) {
      throw new FirnException(
          ErrorCode.BUG,
          "A staged file does not fit the sealed schema: " + e.getMessage(),
          "Please report this.",
          e);
    }
  }

  private long setOf(int index) {
    return java.util.Objects.requireNonNull(groups.get(index)).set();
  }

  private StagedFile staged(SealedFile done, StagingTarget.Sealed sealed) {
    List<RowGroup> kept = new ArrayList<>();
    for (SealedRowGroup group : done.rowGroups()) {
      SetRows rows = java.util.Objects.requireNonNull(groups.get(group.index()));
      kept.add(new RowGroup(rows.set(), group.firstRow(), (int) group.rows(), rows.runs()));
    }
    List<String> columns = kind.columns().stream().map(Field::getName).toList();
    StagedDetails details =
        StagedDataFiles.details(
            done, sealed.schema(), sealed.spec(), kind.partition(), columns, kept);
    return new StagedFile(done.path(), done.recordCount(), done.length(), details.toJson());
  }

  @Override
  public void close() {
    file.close();
  }
}
