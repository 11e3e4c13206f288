package dev.firn.iceberg.testkit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** The text of a value for checksums, as {@code readers/read-table.mjs} writes it too. */
final class ValueText {
  static final String NULL = "null";

  private ValueText() {}

  static String of(Type type, @Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG -> value.toString();
      case FLOAT, DOUBLE -> real(((Number) value).doubleValue());
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case DATE -> Integer.toString(DateTimeUtil.daysFromDate((LocalDate) value));
      case TIME -> Long.toString(DateTimeUtil.microsFromTime((LocalTime) value));
      case TIMESTAMP -> Long.toString(micros(value));
      case TIMESTAMP_NANO -> Long.toString(nanos(value));
      case STRING, UUID -> quoted(value.toString());
      case FIXED -> quoted(HexFormat.of().formatHex((byte[]) value));
      case LIST -> list(type.asListType().elementType(), (List<?>) value);
      case STRUCT -> struct(type.asStructType().fields(), (StructLike) value);
      case BINARY, MAP, VARIANT, GEOMETRY, GEOGRAPHY, UNKNOWN ->
          throw new IllegalArgumentException("No text that both readers write for " + type);
    };
  }

  private static String real(double value) {
    return Double.isNaN(value)
        ? "NaN"
        : HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value));
  }

  private static long micros(Object timestamp) {
    return timestamp instanceof OffsetDateTime instant
        ? DateTimeUtil.microsFromTimestamptz(instant)
        : DateTimeUtil.microsFromTimestamp((LocalDateTime) timestamp);
  }

  private static long nanos(Object timestamp) {
    return timestamp instanceof OffsetDateTime instant
        ? DateTimeUtil.nanosFromTimestamptz(instant)
        : DateTimeUtil.nanosFromTimestamp((LocalDateTime) timestamp);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String list(Type element, List<?> values) {
    StringJoiner texts = new StringJoiner(",", "[", "]");
    values.forEach(value -> texts.add(of(element, value)));
    return texts.toString();
  }

  private static String struct(List<NestedField> fields, StructLike row) {
    StringJoiner texts = new StringJoiner(",", "{", "}");
    for (int i = 0; i < fields.size(); i++) {
      NestedField field = fields.get(i);
      texts.add(quoted(field.name()) + ':' + of(field.type(), row.get(i, Object.class)));
    }
    return texts.toString();
  }
}
