package dev.firn.iceberg.internal.metadata;

import dev.firn.schema.DataType;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Firn's types and Iceberg's. */
public final class TypeMapping {
  private TypeMapping() {}

  /** The Iceberg type of a column. JSON is text: format version 2 has no type for it. */
  public static Type.PrimitiveType toIceberg(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return Types.DecimalType.of(decimal.precision(), decimal.scale());
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> Types.BooleanType.get();
      case INT32 -> Types.IntegerType.get();
      case LONG -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DATE -> Types.DateType.get();
      case TIME -> Types.TimeType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
      case TIMESTAMP_NTZ -> Types.TimestampType.withoutZone();
      case STRING, JSON -> Types.StringType.get();
      case BINARY -> Types.BinaryType.get();
      case UUID -> Types.UUIDType.get();
    };
  }

  /** The type of a column of any table, or nothing for a type that Firn does not write. */
  public static Optional<DataType> fromIceberg(Type type) {
    if (type instanceof Types.DecimalType decimal) {
      return Optional.of(new DataType.Decimal(decimal.precision(), decimal.scale()));
    }
    return Optional.ofNullable(
        switch (type.typeId()) {
          case BOOLEAN -> DataType.Simple.BOOLEAN;
          case INTEGER -> DataType.Simple.INT32;
          case LONG -> DataType.Simple.LONG;
          case FLOAT -> DataType.Simple.FLOAT;
          case DOUBLE -> DataType.Simple.DOUBLE;
          case DATE -> DataType.Simple.DATE;
          case TIME -> DataType.Simple.TIME;
          case TIMESTAMP ->
              ((Types.TimestampType) type).shouldAdjustToUTC()
                  ? DataType.Simple.TIMESTAMP
                  : DataType.Simple.TIMESTAMP_NTZ;
          case STRING -> DataType.Simple.STRING;
          case BINARY -> DataType.Simple.BINARY;
          case UUID -> DataType.Simple.UUID;
          default -> null;
        });
  }
}
