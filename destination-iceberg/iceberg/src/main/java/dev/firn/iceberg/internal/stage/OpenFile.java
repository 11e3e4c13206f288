package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncodedRowGroup;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.parquet.SealedFile;
import dev.firn.iceberg.internal.parquet.SealedRowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.load.StagedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** A data file that is being written, and whose rows are in which of its row groups. */
final class OpenFile implements AutoCloseable {
  private final List<@Nullable Object> partition;
  private final List<Field> columns;
  private final Map<String, Field> columnsByName = new HashMap<>();
  private final OpenParquetFile file;
  private final Map<Integer, SetRows> groups = new ConcurrentHashMap<>();

  OpenFile(List<@Nullable Object> partition, List<Field> columns, OpenParquetFile file) {
    this.partition = partition;
    this.columns = columns;
    this.file = file;
    columns.forEach(column -> columnsByName.put(column.getName(), column));
  }

  /** What its row groups hold, in this order. */
  List<Field> columns() {
    return columns;
  }

  /** Whether rows with these columns fit: all of them are here, and those that lack may be null. */
  boolean takes(List<Field> incoming) {
    Set<Field> given = new HashSet<>(incoming);
    return incoming.stream().allMatch(each -> each.equals(columnsByName.get(each.getName())))
        && columns.stream().allMatch(each -> each.isNullable() || given.contains(each));
  }

  private record SetRows(long set, PackedRuns origin) {}

  void append(EncodedRowGroup group, long set, PackedRuns origin) {
    groups.put(file.append(group, set), new SetRows(set, origin));
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
    return Objects.requireNonNull(groups.get(index)).set();
  }

  private StagedFile staged(SealedFile done, StagingTarget.Sealed sealed) {
    List<RowGroup> kept = new ArrayList<>();
    for (SealedRowGroup group : done.rowGroups()) {
      SetRows rows = Objects.requireNonNull(groups.get(group.index()));
      kept.add(new RowGroup(rows.set(), group.firstRow(), (int) group.rows(), rows.origin()));
    }
    StagedDetails details =
        StagedDataFiles.details(
            done, sealed.schema(), sealed.spec(), partition, file.columnNames(), kept);
    return new StagedFile(done.path(), done.recordCount(), done.length(), details.toJson());
  }

  @Override
  public void close() {
    file.close();
  }
}
