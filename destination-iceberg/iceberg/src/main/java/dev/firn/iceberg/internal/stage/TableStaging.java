package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.OpenParquetFile;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * The open files of one table: for each partition one, and another whenever a column is new or has
 * changed its type. All threads share them; the lock of a file is held only while the bytes of a
 * row group are written.
 */
final class TableStaging implements AutoCloseable {
  private final StagingTarget target;
  private final BatchPartitioning partitioning;
  private final Supplier<String> names;
  private final StagedFilesJournal journal;
  private final long targetBytes;
  private final Set<String> bloomFilters;
  private final Map<List<@Nullable Object>, List<OpenFile>> open = new HashMap<>();
  private final Map<String, Field> known = new LinkedHashMap<>();
  private final List<OpenFile> all = new ArrayList<>();

  /**
   * Begins without a file.
   *
   * @param partitionBy what the table is to be partitioned by; empty: as it is, or not
   * @param settings how it is to be kept
   * @param names gives a new file name each time
   */
  TableStaging(
      StagingTarget target,
      List<PartitionField> partitionBy,
      TableSettings settings,
      Supplier<String> names,
      StagedFilesJournal journal) {
    this.target = target;
    this.partitioning = new BatchPartitioning(target, partitionBy);
    this.names = names;
    this.journal = journal;
    Map<String, String> properties = target.table().properties();
    this.targetBytes =
        settings.targetFileSize() != 0
            ? settings.targetFileSize()
            : PropertyUtil.propertyAsLong(
                properties,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    this.bloomFilters = new HashSet<>(BloomColumns.asked(properties));
    this.bloomFilters.addAll(settings.bloomFilters());
  }

  /** Columns that get a bloom filter because somebody asked for it. */
  Set<String> bloomFilters() {
    return bloomFilters;
  }

  BatchPartitioning partitioning() {
    return partitioning;
  }

  /**
   * The file that rows of a partition with these columns go into. Columns that they lack are no
   * reason for another file, a new one or another type is: the file begun then has all columns
   * known so far.
   *
   * @param spec of the batch, for the file's location
   */
  synchronized OpenFile fileFor(
      PartitionSpec spec, List<@Nullable Object> partition, List<Field> columns) {
    List<OpenFile> files = open.computeIfAbsent(partition, any -> new ArrayList<>());
    for (OpenFile file : files) {
      if (file.takes(columns)) {
        return file;
      }
    }
    OpenFile file = create(spec, partition, withKnown(columns));
    files.add(file);
    return file;
  }

  private List<Field> withKnown(List<Field> columns) {
    columns.forEach(column -> known.put(column.getName(), column));
    Set<Field> given = new HashSet<>(columns);
    return known.values().stream()
        .filter(column -> column.isNullable() || given.contains(column))
        .toList();
  }

  private OpenFile create(
      PartitionSpec spec, List<@Nullable Object> partition, List<Field> columns) {
    String path =
        spec.isUnpartitioned()
            ? target.table().locationProvider().newDataLocation(names.get())
            : target
                .table()
                .locationProvider()
                .newDataLocation(spec, StagedDataFiles.partition(spec, partition), names.get());
    journal.note(target.name(), path);
    OpenFile file =
        new OpenFile(partition, columns, OpenParquetFile.create(target.table().io(), path));
    all.add(file);
    return file;
  }

  /** Takes no more rows into a file that is long enough. */
  void retireIfFull(List<@Nullable Object> partition, OpenFile file) {
    if (file.bytes() >= targetBytes) {
      retire(partition, file);
    }
  }

  private synchronized void retire(List<@Nullable Object> partition, OpenFile file) {
    open.computeIfAbsent(partition, any -> new ArrayList<>()).remove(file);
  }

  synchronized StagedTable seal(TableSchema schema, LongPredicate keep) {
    StagingTarget.Sealed sealed = target.seal(schema);
    List<StagedFile> finished = new ArrayList<>();
    for (OpenFile file : all) {
      file.seal(sealed, keep).ifPresent(finished::add);
    }
    return new StagedTable(schema, target.uuid(), target.table().location(), finished);
  }

  /** Gives up the files of a table that the load turned out not to have. */
  synchronized void drop(LongPredicate keep) {
    for (OpenFile file : all) {
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
    all.forEach(OpenFile::close);
  }
}
