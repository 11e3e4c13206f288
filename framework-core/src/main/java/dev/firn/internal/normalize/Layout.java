package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** How a type lies in memory. */
enum Layout {
  /** One bit a value. */
  BIT(0),
  INT(4),
  LONG(8),
  WIDE(16),
  /** Offsets of four bytes, and bytes. */
  VARIABLE(0);

  private final int width;

  Layout(int width) {
    this.width = width;
  }

  /** Bytes a value, for the fixed ones. */
  int width() {
    return width;
  }

  static Layout of(DataType type) {
    if (type instanceof DataType.Decimal) {
      return WIDE;
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> BIT;
      case INT32, FLOAT, DATE -> INT;
      case LONG, DOUBLE, TIME, TIMESTAMP, TIMESTAMP_NTZ -> LONG;
      case UUID -> WIDE;
      case STRING, BINARY, JSON -> VARIABLE;
    };
  }

  /** The Arrow field of a column. */
  static Field field(String name, DataType type) {
    return new Field(name, FieldType.nullable(arrow(type)), null);
  }

  private static ArrowType arrow(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INT32 -> new ArrowType.Int(32, true);
      case LONG -> new ArrowType.Int(64, true);
      case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case UUID -> new ArrowType.FixedSizeBinary(16);
      case STRING, JSON -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
    };
  }
}
