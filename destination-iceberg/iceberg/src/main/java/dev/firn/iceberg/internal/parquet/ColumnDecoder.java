package dev.firn.iceberg.internal.parquet;

import java.nio.ByteBuffer;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Fills one scanned column from what a file holds, whatever physical type its writer chose for an
 * Iceberg type. Rows of a batch come in order.
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

  /** A decoder of the same file column with a column of its own. */
  abstract ColumnDecoder again();

  /** Takes the reader's next value for a row. */
  abstract void take(ValuesReader values, int row);

  /** Whether {@link #takePlain} may be called. */
  abstract boolean takesPlain();

  /**
   * Takes the next values of a plain page.
   *
   * @param values at the position where the last call left it
   * @param from how many of the page's values were taken before
   */
  abstract void takePlain(ByteBuffer values, int from, int row, int rows);

  /**
   * Takes values of a dictionary.
   *
   * @param entries made by {@link #again}
   * @param indexes those from {@code from} on are the rows' entries
   */
  abstract void takeEntries(ColumnDecoder entries, int[] indexes, int from, int row, int rows);

  /** Counts a row without a value. */
  void skip(int row) {
    column.setNull(row);
  }

  /** Rows of a column that the file does not hold. */
  final void fillAbsent(int rows) {
    column.start(rows);
    for (int row = 0; row < rows; row++) {
      skip(row);
    }
  }
}
