package dev.firn.iceberg.internal.parquet;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Fills one scanned column from what a file holds, whatever physical type its writer chose for an
 * Iceberg type.
 */
abstract class ColumnDecoder {
  private final ScannedColumn column;

  ColumnDecoder(ScannedColumn column) {
    this.column = column;
  }

  /** A decoder for a flat column of a table. */
  static ColumnDecoder of(Types.NestedField field) {
    return switch (field.type().typeId()) {
      case BOOLEAN, INTEGER, LONG, DATE, TIME, TIMESTAMP -> new LongDecoder();
      case FLOAT, DOUBLE -> new DoubleDecoder();
      case DECIMAL -> isShort(field.type()) ? new LongDecoder() : new SliceDecoder(true);
      case STRING, BINARY, FIXED, UUID -> new SliceDecoder(false);
      default ->
          throw new IllegalArgumentException(
              "Column '" + field.name() + "' of type " + field.type() + " cannot be scanned.");
    };
  }

  private static boolean isShort(Type type) {
    return ((Types.DecimalType) type).precision() <= 18;
  }

  final ScannedColumn column() {
    return column;
  }

  /** Says how the file holds the column. */
  abstract void readAs(PrimitiveType physical);

  /** Takes the reader's current value for a row. */
  abstract void take(ColumnReader reader, int row);

  /** Counts a row without a value; rows come in order. */
  void skip(int row) {
    column.setNull(row);
  }

  /** The next rows of a column chunk. */
  final void fill(ColumnReader reader, int rows) {
    column.start(rows);
    int present = reader.getDescriptor().getMaxDefinitionLevel();
    for (int row = 0; row < rows; row++) {
      // consume() alone does not pass over a value; here every present one is taken, so no skip()
      // is owed.
      if (reader.getCurrentDefinitionLevel() == present) {
        take(reader, row);
      } else {
        skip(row);
      }
      reader.consume();
    }
  }

  /** Rows of a column that the file does not hold. */
  final void fillAbsent(int rows) {
    column.start(rows);
    for (int row = 0; row < rows; row++) {
      skip(row);
    }
  }
}
