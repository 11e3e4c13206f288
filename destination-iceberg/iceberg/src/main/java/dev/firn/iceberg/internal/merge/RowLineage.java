package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The ids of rows and the sequence numbers of their last change, which a row keeps when it moves to
 * another file (Iceberg spec, "Row Lineage"; format version 3).
 */
final class RowLineage {
  private RowLineage() {}

  /** Whether a field is one of the two. */
  static boolean has(int field) {
    return field == MetadataColumns.ROW_ID.fieldId()
        || field == MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.fieldId();
  }

  /** A schema with the column of ids behind its own. */
  static Schema withRowId(Schema schema) {
    List<Types.NestedField> columns = new ArrayList<>(schema.columns());
    columns.add(MetadataColumns.ROW_ID);
    return new Schema(columns);
  }

  /**
   * The id of a row; {@link RowIds#NONE} where its table gives none.
   *
   * @param ids the column of ids; null where the row's place tells it
   */
  static long idOf(DataFile file, long position, ReadColumn ids, int row) {
    Long first = file.firstRowId();
    if (!ids.isNull(row)) {
      return ids.longs()[row];
    }
    return first == null ? RowIds.NONE : first + position;
  }

  /** A schema with both columns behind its own. */
  static Schema with(Schema schema) {
    List<Types.NestedField> columns = new ArrayList<>(schema.columns());
    columns.add(MetadataColumns.ROW_ID);
    columns.add(MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER);
    return new Schema(columns);
  }

  /**
   * Fills in what a file leaves to its place in the table. Rows of a file from before format
   * version 3 have neither.
   *
   * @param read the columns of a piece, the two last
   */
  static List<ReadColumn> completed(DataFile file, long first, List<ReadColumn> read, int rows) {
    Long firstRowId = file.firstRowId();
    Long sequence = file.dataSequenceNumber();
    List<ReadColumn> completed = new ArrayList<>(read);
    if (firstRowId != null && sequence != null) {
      int id = read.size() - 2;
      completed.set(id, filled(read.get(id), rows, firstRowId + first, 1));
      completed.set(id + 1, filled(read.get(id + 1), rows, sequence, 0));
    }
    return completed;
  }

  /** The same of rows that change: they keep their ids, and get the sequence number to come. */
  static List<ReadColumn> changed(DataFile file, long first, List<ReadColumn> read, int rows) {
    List<ReadColumn> changed = completed(file, first, read, rows);
    int sequence = read.size() - 1;
    changed.set(
        sequence, ReadColumn.ofLongs(read.get(sequence).type(), row -> true, new long[rows]));
    return changed;
  }

  /** The column of ids of consecutive staged rows. */
  static ReadColumn column(RowIds ids, long first, int rows) {
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = ids.at(first + i);
    }
    return ReadColumn.ofLongs(
        MetadataColumns.ROW_ID.type(), row -> values[row] == RowIds.NONE, values);
  }

  private static ReadColumn filled(ReadColumn column, int rows, long start, int step) {
    long[] values = Arrays.copyOf(column.longs(), Math.max(rows, column.longs().length));
    for (int i = 0; i < rows; i++) {
      if (column.isNull(i)) {
        values[i] = start + (long) step * i;
      }
    }
    return ReadColumn.ofLongs(column.type(), row -> false, values);
  }
}
