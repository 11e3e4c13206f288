package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncodedRowGroup;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * The open files of one table: one for each partition and set of columns, shared by all threads.
 * Row groups are encoded before they get here; the lock of a file is held only while its bytes are
 * written.
 */
final class TableStaging implements AutoCloseable {
  private final StagingTarget target;
  private final PartitionSpec spec;
  private final Supplier<String> names;
  private final StagedFilesJournal journal;
  private final long targetBytes;
  private final Map<FileKind, OpenFile> open = new HashMap<>();
  private final List<OpenFile> files = new ArrayList<>();

  /**
   * Begins without a file.
   *
   * @param spec the partitioning as far as file locations need it
   * @param names gives a new file name each time
   */
  TableStaging(
      StagingTarget target,
      PartitionSpec spec,
      Supplier<String> names,
      StagedFilesJournal journal) {
    this.target = target;
    this.spec = spec;
    this.names = names;
    this.journal = journal;
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            target.table().properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  /** What all row groups of a file share. */
  record FileKind(List<@Nullable Object> partition, List<Field> columns) {}

  /** Writes a row group of a set into the file of its kind. */
  void append(FileKind kind, EncodedRowGroup group, long set, List<RowRun> runs) {
    OpenFile file = fileFor(kind);
    file.append(group, set, runs);
    if (file.bytes() >= targetBytes) {
      retire(kind, file);
    }
  }

  private synchronized OpenFile fileFor(FileKind kind) {
    return open.computeIfAbsent(kind, this::create);
  }

  private OpenFile create(FileKind kind) {
    String path =
        spec.isUnpartitioned()
            ? target.table().locationProvider().newDataLocation(names.get())
            : target
                .table()
                .locationProvider()
                .newDataLocation(
                    spec, StagedDataFiles.partition(spec, kind.partition()), names.get());
    journal.note(target.name(), path);
    OpenFile file = new OpenFile(kind, OpenParquetFile.create(target.table().io(), path));
    files.add(file);
    return file;
  }

  private synchronized void retire(FileKind kind, OpenFile file) {
    open.remove(kind, file);
  }

  synchronized StagedTable seal(TableSchema schema, LongPredicate keep) {
    StagingTarget.Sealed sealed = target.seal(schema);
    List<StagedFile> finished = new ArrayList<>();
    for (OpenFile file : files) {
      file.seal(sealed, keep).ifPresent(finished::add);
    }
    return new StagedTable(schema, target.uuid(), target.table().location(), finished);
  }

  /** Gives up the files of a table that the load turned out not to have. */
  synchronized void drop(LongPredicate keep) {
    for (OpenFile file : files) {
      if (file.keepsAny(keep)) {
        throw new FirnException(
            ErrorCode.BUG,
            "Table " + target.name() + " has staged rows but no target schema.",
            "Please report this.");
      }
      file.close();
    }
  }

  @Override
  public synchronized void close() {
    files.forEach(OpenFile::close);
  }
}
