package dev.firn.iceberg.internal.parquet;

import java.math.BigInteger;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.ColumnReader;
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
  void take(ColumnReader reader, int row) {
    column.values()[row] =
        switch (physical) {
          case INT64 -> micros(reader.getLong());
          case INT32 -> micros(reader.getInteger());
          case BOOLEAN -> reader.getBoolean() ? 1 : 0;
          case INT96 -> ParquetUtil.extractTimestampInt96(reader.getBinary().toByteBuffer());
          case BINARY, FIXED_LEN_BYTE_ARRAY ->
              new BigInteger(reader.getBinary().getBytes()).longValueExact();
          case FLOAT, DOUBLE ->
              throw new IllegalArgumentException(
                  "A column of whole numbers is stored as " + physical + ".");
        };
  }

  private long micros(long value) {
    return switch (unit) {
      case MICROS -> value;
      case MILLIS -> Math.multiplyExact(value, 1_000L);
      case NANOS -> Math.floorDiv(value, 1_000L);
    };
  }
}
