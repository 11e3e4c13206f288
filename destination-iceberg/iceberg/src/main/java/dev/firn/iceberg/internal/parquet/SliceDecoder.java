package dev.firn.iceberg.internal.parquet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
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
  ColumnDecoder again() {
    SliceDecoder again = new SliceDecoder(decimal);
    again.physical = physical;
    return again;
  }

  @Override
  void take(ValuesReader values, int row) {
    if (decimal) {
      takeDecimal(unscaled(values));
      return;
    }
    ByteBuffer value = values.readBytes().toByteBuffer();
    int length = value.remaining();
    int start = column.append(length);
    value.get(column.bytes(), start, length);
  }

  @Override
  boolean takesPlain() {
    return !decimal && physical == PrimitiveTypeName.BINARY;
  }

  @Override
  void takePlain(ByteBuffer values, int from, int row, int rows) {
    for (int i = 0; i < rows; i++) {
      int length = values.getInt();
      int start = column.append(length);
      values.get(column.bytes(), start, length);
    }
  }

  @Override
  void takeEntries(ColumnDecoder entries, int[] indexes, int from, int row, int rows) {
    ScannedColumn.Slices known = ((SliceDecoder) entries).column;
    for (int i = from; i < from + rows; i++) {
      int begin = known.offsets()[indexes[i]];
      int length = known.offsets()[indexes[i] + 1] - begin;
      int start = column.append(length);
      System.arraycopy(known.bytes(), begin, column.bytes(), start, length);
    }
  }

  @Override
  void skip(int row) {
    super.skip(row);
    column.append(0);
  }

  private byte[] unscaled(ValuesReader values) {
    return switch (physical) {
      case INT32 -> BigInteger.valueOf(values.readInteger()).toByteArray();
      case INT64 -> BigInteger.valueOf(values.readLong()).toByteArray();
      default -> values.readBytes().getBytes();
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
