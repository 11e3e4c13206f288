package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.SealedFile;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.Record;

/**
 * Writes what is left of data files that lose rows: values, ids and order kept, earlier deletes
 * carried out. Streams row group by row group; column by column where all columns are of types that
 * Firn writes, else record by record.
 */
public final class TargetCopy {
  private final Table table;
  private final EncoderSettings settings;
  private final BufferAllocator memory;
  private final boolean lineage;
  private final Schema columns;
  private final boolean flat;

  /**
   * Copies within one table.
   *
   * @param table with the schema that the copies get
   * @param memory lends about 32 MiB while a file is copied
   */
  public TargetCopy(Table table, EncoderSettings settings, BufferAllocator memory) {
    this.table = table;
    this.settings = settings;
    this.memory = memory;
    this.lineage = TableUtil.formatVersion(table) > 2;
    this.columns = lineage ? RowLineage.with(table.schema()) : table.schema();
    this.flat = FlatColumns.only(table.schema());
  }

  /**
   * Writes the rows of a file that stay.
   *
   * @param path of the new file; it does not exist yet
   * @return the file to be added in place of the old one; nothing, and no file, when no row stays
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses
   */
  public Optional<DataFile> copy(TargetDeletes deletes, String path) {
    LongPredicate stays =
        position -> !deletes.positions().contains(position) && !deletes.gone().test(position);
    RecordCopy.Place place = new RecordCopy.Place(path, deletes.spec(), deletes.file().partition());
    if (!flat) {
      return copyRecords(
          List.of(new RecordCopy.Rows(deletes.source(), stays, record -> {})), place);
    }
    RowCopy.Edit edit =
        lineage
            ? (first, read, rows) -> RowLineage.completed(deletes.file(), first, read, rows)
            : (first, read, rows) -> read;
    return copyColumns(List.of(new RowCopy.Rows(deletes.source(), stays, edit)), place);
  }

  /**
   * Writes what stays of several files, some at once.
   *
   * @param paths of the new files
   * @return the files to be added
   */
  public List<DataFile> copyAll(List<TargetDeletes> files, Function<TargetDeletes, String> paths) {
    List<DataFile> copies = Collections.synchronizedList(new ArrayList<>());
    new FileTasks(Runtime.getRuntime().availableProcessors())
        .forEach(files, each -> copy(each, paths.apply(each)).ifPresent(copies::add));
    return copies;
  }

  /**
   * Writes the rows of files that go, with another value in one column.
   *
   * @param files of one partition, together with at least one row that goes
   * @param partition of the new file
   */
  public DataFile closed(
      List<TargetDeletes> files, TablePlan.Closing closing, StructLike partition, String path) {
    RecordCopy.Place place = new RecordCopy.Place(path, files.get(0).spec(), partition);
    Optional<DataFile> closed =
        flat
            ? copyColumns(files.stream().map(each -> closedColumns(each, closing)).toList(), place)
            : copyRecords(files.stream().map(each -> closedRecords(each, closing)).toList(), place);
    return closed.orElseThrow();
  }

  private RowCopy.Rows closedColumns(TargetDeletes file, TablePlan.Closing closing) {
    int column = table.schema().columns().indexOf(table.schema().findField(closing.column()));
    RowCopy.Edit edit =
        (first, read, count) -> {
          List<ReadColumn> edited =
              lineage ? RowLineage.changed(file.file(), first, read, count) : new ArrayList<>(read);
          long[] ends = new long[count];
          Arrays.fill(ends, closing.micros());
          edited.set(column, ReadColumn.ofLongs(read.get(column).type(), row -> false, ends));
          return edited;
        };
    return new RowCopy.Rows(file.source(), file.positions()::contains, edit);
  }

  private RecordCopy.Rows closedRecords(TargetDeletes file, TablePlan.Closing closing) {
    OffsetDateTime end =
        Instant.EPOCH.plus(closing.micros(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    return new RecordCopy.Rows(
        file.source(),
        file.positions()::contains,
        record -> {
          record.setField(closing.column(), end);
          if (lineage) {
            forgetChange(record);
          }
        });
  }

  /** The row's last change is the commit to come. */
  @SuppressWarnings("NullAway") // a record's fields may be null
  private static void forgetChange(Record record) {
    record.setField(MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.name(), null);
  }

  private Optional<DataFile> copyRecords(List<RecordCopy.Rows> rows, RecordCopy.Place place) {
    return new RecordCopy(table, columns).copy(rows, place);
  }

  private Optional<DataFile> copyColumns(List<RowCopy.Rows> rows, RecordCopy.Place place) {
    FooterSchema footer = FooterSchema.of(columns, MetricsConfig.forTable(table));
    Optional<SealedFile> sealed =
        new RowCopy(footer, settings, memory).copy(rows, table.io(), place.path());
    return sealed.map(file -> LiveRowCopy.dataFile(place.spec(), place.partition(), file));
  }
}
