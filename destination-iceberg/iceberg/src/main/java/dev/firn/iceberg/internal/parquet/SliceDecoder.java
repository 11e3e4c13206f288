package dev.firn.iceberg.internal.parquet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Decodes to byte strings; long decimals to 16 bytes, however short the file keeps them. */
final class SliceDecoder extends ColumnDecoder {
  private final ScannedColumn.Slices column;
  private final boolean decimal;
  private PrimitiveTypeName physical = PrimitiveTypeName.BINARY;

  SliceDecoder(boolean decimal) {
    this(new ScannedColumn.Slices(), decimal);
  }

  private SliceDecoder(ScannedColumn.Slices column, boolean decimal) {
    super(column);
    this.column = column;
    this.decimal = decimal;
  }

  @Override
  void readAs(PrimitiveType type) {
    physical = type.getPrimitiveTypeName();
  }

  @Override
  void take(ColumnReader reader, int row) {
    if (decimal) {
      takeDecimal(unscaled(reader));
      return;
    }
    ByteBuffer value = reader.getBinary().toByteBuffer();
    int length = value.remaining();
    int start = column.append(length);
    value.get(column.bytes(), start, length);
  }

  @Override
  void skip(int row) {
    super.skip(row);
    column.append(0);
  }

  private byte[] unscaled(ColumnReader reader) {
    return switch (physical) {
      case INT32 -> BigInteger.valueOf(reader.getInteger()).toByteArray();
      case INT64 -> BigInteger.valueOf(reader.getLong()).toByteArray();
      default -> reader.getBinary().getBytes();
    };
  }

  private void takeDecimal(byte[] value) {
    int start = column.append(WideValues.WIDTH);
    byte sign = (byte) (value[0] < 0 ? -1 : 0);
    Arrays.fill(column.bytes(), start, start + WideValues.WIDTH - value.length, sign);
    System.arraycopy(
        value, 0, column.bytes(), start + WideValues.WIDTH - value.length, value.length);
  }
}
