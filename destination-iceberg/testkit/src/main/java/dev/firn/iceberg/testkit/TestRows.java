package dev.firn.iceberg.testkit;

import dev.firn.batch.Batch;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Rows written by hand, as batches. */
public final class TestRows {
  private TestRows() {}

  /**
   * A batch with the schema's columns.
   *
   * @param rows one value for each column; numbers of the column's width, times as microseconds,
   *     dates as days, text as {@link String}, binary and UUIDs as bytes
   */
  public static Batch batch(
      BufferAllocator memory,
      TableSchema schema,
      List<? extends List<? extends @Nullable Object>> rows) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      FieldVector vector = field(column).createVector(memory);
      vector.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row).get(i);
        if (value == null) {
          vector.setNull(row);
        } else {
          set(vector, row, value);
        }
      }
      vector.setValueCount(rows.size());
      vectors.add(vector);
    }
    return new Batch(schema.name(), vectors, rows.size());
  }

  private static Field field(Column column) {
    FieldType type = new FieldType(!column.required(), arrow(column.type()), null);
    return new Field(column.name(), type, null);
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
      case STRING, JSON -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case UUID -> new ArrowType.FixedSizeBinary(16);
    };
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (Integer) value);
    } else if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, (Float) value);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else {
      setRarer(vector, row, value);
    }
  }

  private static void setRarer(FieldVector vector, int row, Object value) {
    if (vector instanceof TimeStampMicroTZVector instants) {
      instants.setSafe(row, (Long) value);
    } else if (vector instanceof TimeStampMicroVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, (Integer) value);
    } else if (vector instanceof VarBinaryVector binary) {
      binary.setSafe(row, (byte[]) value);
    } else if (vector instanceof FixedSizeBinaryVector fixed) {
      fixed.setSafe(row, (byte[]) value);
    } else {
      throw new IllegalArgumentException(vector.getField().toString());
    }
  }
}
