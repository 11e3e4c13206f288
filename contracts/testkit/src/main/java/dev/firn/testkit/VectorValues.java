package dev.firn.testkit;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads Arrow vectors through Arrow's own accessors. */
final class VectorValues {
  private VectorValues() {}

  /** The type that a batch's vector says; JSON reads as string. */
  static DataType type(FieldVector vector) {
    return switch (vector.getMinorType()) {
      case BIT -> Simple.BOOLEAN;
      case INT -> Simple.INT32;
      case BIGINT -> Simple.LONG;
      case FLOAT4 -> Simple.FLOAT;
      case FLOAT8 -> Simple.DOUBLE;
      case DECIMAL -> {
        ArrowType.Decimal decimal = (ArrowType.Decimal) vector.getField().getType();
        yield new DataType.Decimal(decimal.getPrecision(), decimal.getScale());
      }
      case DATEDAY -> Simple.DATE;
      case TIMEMICRO -> Simple.TIME;
      case TIMESTAMPMICROTZ -> Simple.TIMESTAMP;
      case TIMESTAMPMICRO -> Simple.TIMESTAMP_NTZ;
      case VARCHAR -> Simple.STRING;
      case VARBINARY -> Simple.BINARY;
      case FIXEDSIZEBINARY -> Simple.UUID;
      default -> throw new AssertionError("A batch holds no " + vector.getMinorType());
    };
  }

  /**
   * The value of a row that is not null: a boolean, a number, or text (ISO-8601 for times, base 64
   * for bytes).
   */
  static Object value(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    return switch (vector.getMinorType()) {
      case DATEDAY -> LocalDate.ofEpochDay((Integer) value).toString();
      case TIMEMICRO -> LocalTime.ofNanoOfDay((Long) value * 1000).toString();
      case TIMESTAMPMICROTZ -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
      case TIMESTAMPMICRO -> local((LocalDateTime) value).toString();
      case VARBINARY -> Base64.getEncoder().encodeToString((byte[]) value);
      case FIXEDSIZEBINARY -> uuid(ByteBuffer.wrap((byte[]) value)).toString();
      case INT -> ((Integer) value).longValue();
      case FLOAT4 -> ((Float) value).doubleValue();
      case DECIMAL -> plain((BigDecimal) value);
      case VARCHAR -> value.toString();
      default -> value;
    };
  }

  private static UUID uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private static LocalDateTime local(LocalDateTime value) {
    return value.atOffset(ZoneOffset.UTC).toLocalDateTime();
  }

  /** A decimal in the one spelling that all equal ones share. */
  private static BigDecimal plain(BigDecimal value) {
    return value.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(value.stripTrailingZeros().toPlainString());
  }
}
