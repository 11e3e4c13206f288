package dev.firn.iceberg.internal.merge;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.SealedFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Writes what is left of data files that lose rows: values, ids and order kept, earlier deletes
 * carried out. Streams row group by row group.
 */
public final class TargetCopy {
  private final Table table;
  private final EncoderSettings settings;
  private final BufferAllocator memory;
  private final boolean lineage;

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
  }

  /**
   * Writes the rows of a file that stay.
   *
   * @param path of the new file; it does not exist yet
   * @return the file to be added in place of the old one; nothing, and no file, when no row stays
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses; {@code UNMERGEABLE} if a column is of a type that Firn does not write
   */
  public Optional<DataFile> copy(TargetDeletes deletes, String path) {
    RowCopy.Edit edit =
        lineage
            ? (first, read, rows) -> RowLineage.completed(deletes.file(), first, read, rows)
            : (first, read, rows) -> read;
    RowCopy.Rows rows =
        new RowCopy.Rows(
            deletes.source(),
            position -> !deletes.positions().contains(position) && !deletes.gone().test(position),
            edit);
    Optional<SealedFile> sealed =
        new RowCopy(footer(), settings, memory).copy(List.of(rows), table.io(), path);
    return sealed.map(
        file -> LiveRowCopy.dataFile(deletes.spec(), deletes.file().partition(), file));
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
    int column = table.schema().columns().indexOf(table.schema().findField(closing.column()));
    List<RowCopy.Rows> rows = new ArrayList<>();
    for (TargetDeletes each : files) {
      RowCopy.Edit edit =
          (first, read, count) -> {
            List<ReadColumn> edited =
                lineage
                    ? RowLineage.changed(each.file(), first, read, count)
                    : new ArrayList<>(read);
            long[] ends = new long[count];
            Arrays.fill(ends, closing.micros());
            edited.set(column, ReadColumn.ofLongs(read.get(column).type(), row -> false, ends));
            return edited;
          };
      rows.add(new RowCopy.Rows(each.source(), each.positions()::contains, edit));
    }
    SealedFile sealed =
        new RowCopy(footer(), settings, memory).copy(rows, table.io(), path).orElseThrow();
    return LiveRowCopy.dataFile(files.get(0).spec(), partition, sealed);
  }

  private FooterSchema footer() {
    Schema schema = table.schema();
    schema.columns().forEach(this::requireWritable);
    return FooterSchema.of(
        lineage ? RowLineage.with(schema) : schema, MetricsConfig.forTable(table));
  }

  private void requireWritable(Types.NestedField column) {
    boolean known =
        switch (column.type().typeId()) {
          case BOOLEAN,
              INTEGER,
              LONG,
              FLOAT,
              DOUBLE,
              DATE,
              TIME,
              TIMESTAMP,
              STRING,
              UUID,
              BINARY,
              DECIMAL ->
              true;
          default -> false;
        };
    if (!known || column.initialDefault() != null) {
      throw new FirnException(
          ErrorCode.UNMERGEABLE,
          "Table %s: files with the column '%s' of type %s cannot be written anew."
              .formatted(table.name(), column.name(), shown(column.type())),
          "Set delete-mode to position-deletes, or to deletion-vectors for format version 3.");
    }
  }

  private static String shown(Type type) {
    return type.isPrimitiveType()
        ? type.toString()
        : type.typeId().name().toLowerCase(java.util.Locale.ROOT);
  }
}
