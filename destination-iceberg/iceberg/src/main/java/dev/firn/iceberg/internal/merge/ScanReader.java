package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.parquet.ColumnScan;
import dev.firn.iceberg.internal.parquet.ScannedColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Reads Parquet files column by column. Leaves to {@link RecordReader} what is rare: other formats,
 * files whose columns are found by a name mapping, files that lack a column of their partition.
 */
final class ScanReader implements RowReader {
  private final RecordReader records = new RecordReader();

  @Override
  public void read(RowSource source, Schema columns, Stretches wanted, Piece piece) {
    if (source.file().format() != FileFormat.PARQUET
        || source.names().isPresent()
        || !scan(source, columns, wanted, piece)) {
      records.read(source, columns, wanted, piece);
    }
  }

  /** False, before any row was passed on, if the file lacks a column that its partition knows. */
  private static boolean scan(RowSource source, Schema columns, Stretches wanted, Piece piece) {
    try (ColumnScan scan =
        ColumnScan.open(
            source.io().newInputFile(source.file()),
            columns,
            (group, filters) -> wanted.touch(group) && wanted.touch(group, filters))) {
      while (scan.next()) {
        if (lacksPartition(source, columns, scan)) {
          return false;
        }
        if (wanted.touch(scan.firstRow(), scan.rows())) {
          piece.rows(scan.firstRow(), batch(columns, scan), scan.rows());
        }
      }
      return true;
    }
  }

  private static boolean lacksPartition(RowSource source, Schema columns, ColumnScan scan) {
    for (int i = 0; i < columns.columns().size(); i++) {
      int field = columns.columns().get(i).fieldId();
      Object constant = RowLineage.has(field) ? null : source.constants().get(field);
      if (constant != null && scan.column(i).nullCount() == scan.rows()) {
        return true;
      }
    }
    return false;
  }

  private static List<ReadColumn> batch(Schema columns, ColumnScan scan) {
    List<ReadColumn> batch = new ArrayList<>();
    List<Types.NestedField> fields = columns.columns();
    for (int i = 0; i < fields.size(); i++) {
      batch.add(column(fields.get(i).type(), scan.column(i), scan.rows()));
    }
    return batch;
  }

  private static ReadColumn column(Type type, ScannedColumn column, int rows) {
    if (column instanceof ScannedColumn.Longs longs) {
      return ReadColumn.ofLongs(type, column::isNull, longs.values());
    }
    if (column instanceof ScannedColumn.Slices slices) {
      return ReadColumn.ofBytes(type, column::isNull, slices.bytes(), slices.offsets());
    }
    return ReadColumn.ofLongs(
        type, column::isNull, bits(type, ((ScannedColumn.Doubles) column).values(), rows));
  }

  private static long[] bits(Type type, double[] values, int rows) {
    long[] bits = new long[rows];
    for (int i = 0; i < rows; i++) {
      bits[i] =
          type.typeId() == Type.TypeID.FLOAT
              ? Float.floatToRawIntBits((float) values[i])
              : Double.doubleToRawLongBits(values[i]);
    }
    return bits;
  }
}
