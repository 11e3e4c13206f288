package dev.firn.iceberg.internal.parquet;

import org.apache.parquet.column.ColumnReader;
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
  void take(ColumnReader reader, int row) {
    column.values()[row] = single ? reader.getFloat() : reader.getDouble();
  }
}
