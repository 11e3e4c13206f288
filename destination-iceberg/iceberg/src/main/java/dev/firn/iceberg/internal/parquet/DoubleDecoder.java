package dev.firn.iceberg.internal.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Decodes floats and doubles to doubles. */
final class DoubleDecoder extends ColumnDecoder {
  private final ScannedColumn.Doubles column;
  private boolean single;

  DoubleDecoder() {
    this(new ScannedColumn.Doubles());
  }

  private DoubleDecoder(ScannedColumn.Doubles column) {
    super(column);
    this.column = column;
  }

  @Override
  void readAs(PrimitiveType physical) {
    single = physical.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
  }

  @Override
  ColumnDecoder again() {
    DoubleDecoder again = new DoubleDecoder();
    again.single = single;
    return again;
  }

  @Override
  void take(ValuesReader values, int row) {
    column.values()[row] = single ? values.readFloat() : values.readDouble();
  }

  @Override
  boolean takesPlain() {
    return true;
  }

  @Override
  void takePlain(ByteBuffer values, int from, int row, int rows) {
    double[] to = column.values();
    if (single) {
      for (int i = row; i < row + rows; i++) {
        to[i] = values.getFloat();
      }
    } else {
      values.asDoubleBuffer().get(to, row, rows);
      values.position(values.position() + rows * Double.BYTES);
    }
  }

  @Override
  void takeEntries(ColumnDecoder entries, int[] indexes, int from, int row, int rows) {
    double[] known = ((DoubleDecoder) entries).column.values();
    double[] to = column.values();
    for (int i = 0; i < rows; i++) {
      to[row + i] = known[indexes[from + i]];
    }
  }
}
