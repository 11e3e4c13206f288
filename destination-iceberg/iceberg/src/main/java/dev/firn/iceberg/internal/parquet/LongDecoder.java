package dev.firn.iceberg.internal.parquet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Decodes to longs; times of other units become microseconds. */
final class LongDecoder extends ColumnDecoder {
  private final ScannedColumn.Longs column;
  private PrimitiveTypeName physical = PrimitiveTypeName.INT64;
  private TimeUnit unit = TimeUnit.MICROS;

  LongDecoder() {
    this(new ScannedColumn.Longs());
  }

  private LongDecoder(ScannedColumn.Longs column) {
    super(column);
    this.column = column;
  }

  @Override
  void readAs(PrimitiveType type) {
    physical = type.getPrimitiveTypeName();
    unit = unit(type.getLogicalTypeAnnotation());
  }

  @Override
  ColumnDecoder again() {
    LongDecoder again = new LongDecoder();
    again.physical = physical;
    again.unit = unit;
    return again;
  }

  private static TimeUnit unit(LogicalTypeAnnotation annotation) {
    if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp) {
      return timestamp.getUnit();
    }
    if (annotation instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation time) {
      return time.getUnit();
    }
    return TimeUnit.MICROS;
  }

  @Override
  void take(ValuesReader values, int row) {
    column.values()[row] =
        switch (physical) {
          case INT64 -> micros(values.readLong());
          case INT32 -> micros(values.readInteger());
          case BOOLEAN -> values.readBoolean() ? 1 : 0;
          case INT96 -> ParquetUtil.extractTimestampInt96(values.readBytes().toByteBuffer());
          case BINARY, FIXED_LEN_BYTE_ARRAY ->
              new BigInteger(values.readBytes().getBytes()).longValueExact();
          case FLOAT, DOUBLE ->
              throw new IllegalArgumentException(
                  "A column of whole numbers is stored as " + physical + ".");
        };
  }

  @Override
  boolean takesPlain() {
    return switch (physical) {
      case INT64, INT32, BOOLEAN -> true;
      default -> false;
    };
  }

  @Override
  void takePlain(ByteBuffer values, int from, int row, int rows) {
    long[] to = column.values();
    switch (physical) {
      case INT64 -> {
        values.asLongBuffer().get(to, row, rows);
        values.position(values.position() + rows * Long.BYTES);
      }
      case INT32 -> {
        for (int i = row; i < row + rows; i++) {
          to[i] = values.getInt();
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          int bit = from + i;
          to[row + i] = (values.get(bit >>> 3) >>> (bit & 7)) & 1L;
        }
      }
    }
    for (int i = row; unit != TimeUnit.MICROS && i < row + rows; i++) {
      to[i] = micros(to[i]);
    }
  }

  @Override
  void takeEntries(ColumnDecoder entries, int[] indexes, int from, int row, int rows) {
    long[] known = ((LongDecoder) entries).column.values();
    long[] to = column.values();
    for (int i = 0; i < rows; i++) {
      to[row + i] = known[indexes[from + i]];
    }
  }

  private long micros(long value) {
    return switch (unit) {
      case MICROS -> value;
      case MILLIS -> Math.multiplyExact(value, 1_000L);
      case NANOS -> Math.floorDiv(value, 1_000L);
    };
  }
}
