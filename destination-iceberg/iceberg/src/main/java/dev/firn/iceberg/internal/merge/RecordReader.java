package dev.firn.iceberg.internal.merge;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;

/** Reads files of every format and origin through Iceberg's own reader, one record at a time. */
final class RecordReader implements RowReader {
  private static final int PIECE = 4_096;

  @Override
  public void read(RowSource source, Schema columns, Stretches wanted, Piece piece) {
    List<RecordColumn> gathered =
        columns.columns().stream().map(each -> new RecordColumn(each.type(), PIECE)).toList();
    InternalRecordWrapper row = new InternalRecordWrapper(columns.asStruct());
    try (CloseableIterable<Record> records = records(source, columns)) {
      long first = 0;
      int rows = 0;
      for (Record record : records) {
        row.wrap(record);
        for (int i = 0; i < gathered.size(); i++) {
          gathered.get(i).add(row.get(i, Object.class));
        }
        if (++rows == PIECE) {
          pass(first, gathered, rows, wanted, piece);
          first += PIECE;
          rows = 0;
        }
      }
      pass(first, gathered, rows, wanted, piece);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(source, e);
    }
  }

  private static void pass(
      long first, List<RecordColumn> gathered, int rows, Stretches wanted, Piece piece) {
    if (rows > 0 && wanted.touch(first, rows)) {
      piece.rows(first, gathered.stream().map(RecordColumn::read).toList(), rows);
    }
    gathered.forEach(RecordColumn::clear);
  }

  /** All rows of a file, deleted ones too; the record is one and the same. */
  static CloseableIterable<Record> records(RowSource source, Schema columns) {
    ReadBuilder<Record, Object> builder =
        FormatModelRegistry.readBuilder(
            source.file().format(),
            Record.class,
            source.io().newInputFile(source.file().location()));
    source.names().ifPresent(builder::withNameMapping);
    return builder.project(columns).idToConstant(source.constants()).reuseContainers().build();
  }

  static FirnException unreadable(RowSource source, Exception cause) {
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        "Cannot read " + source.file().location() + ": " + cause.getMessage(),
        "Check that the storage can be reached, then run again.",
        cause);
  }
}
