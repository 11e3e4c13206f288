package dev.firn.iceberg.internal.parquet;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column as it lies in a file: decided by its Arrow field when the first row group is encoded,
 * given a field id only when the file is sealed.
 *
 * @param name the column's name in the table
 * @param type the Iceberg type whose values the file holds
 * @param required true if the pages hold no definition levels
 */
record FileColumn(String name, Type.PrimitiveType type, boolean required) {
  static FileColumn of(Field field) {
    return new FileColumn(field.getName(), icebergType(field), !field.isNullable());
  }

  /** The Parquet type, without a field id. */
  PrimitiveType parquetType() {
    Schema schema = new Schema(field(1, type));
    return ParquetSchemaUtil.convert(schema, "column").getType(0).asPrimitiveType();
  }

  /** A field of this column's name, required as its pages are. */
  Types.NestedField field(int id, Type fieldType) {
    return required
        ? Types.NestedField.required(id, name, fieldType)
        : Types.NestedField.optional(id, name, fieldType);
  }

  /**
   * The type for the footer if the table has sealed the column as another: its own one, where every
   * reader can promote it.
   */
  Type.PrimitiveType sealedAs(Type sealed) {
    if (sealed.equals(type) || (isUuidOrFixed(sealed) && isUuidOrFixed(type))) {
      return sealed.asPrimitiveType();
    }
    if (sealed.isPrimitiveType() && TypeUtil.isPromotionAllowed(type, sealed.asPrimitiveType())) {
      return type;
    }
    throw new IllegalArgumentException(
        "Column '"
            + name
            + "' was encoded as "
            + type
            + " and cannot be sealed as "
            + sealed
            + ".");
  }

  private static boolean isUuidOrFixed(Type type) {
    return type.typeId() == Type.TypeID.UUID
        || type.equals(Types.FixedType.ofLength(WideValues.WIDTH));
  }

  private static Type.PrimitiveType icebergType(Field field) {
    ArrowType arrow = field.getType();
    return switch (arrow.getTypeID()) {
      case Bool -> Types.BooleanType.get();
      case Int -> integer(field, (ArrowType.Int) arrow);
      case FloatingPoint -> floating(field, (ArrowType.FloatingPoint) arrow);
      case Decimal -> decimal(field, (ArrowType.Decimal) arrow);
      case Date ->
          require(field, ((ArrowType.Date) arrow).getUnit() == DateUnit.DAY, Types.DateType.get());
      case Time ->
          require(
              field,
              ((ArrowType.Time) arrow).getUnit() == TimeUnit.MICROSECOND,
              Types.TimeType.get());
      case Timestamp -> timestamp(field, (ArrowType.Timestamp) arrow);
      case Utf8 -> Types.StringType.get();
      case Binary -> Types.BinaryType.get();
      case FixedSizeBinary ->
          require(
              field,
              ((ArrowType.FixedSizeBinary) arrow).getByteWidth() == WideValues.WIDTH,
              Types.UUIDType.get());
      default -> throw unsupported(field);
    };
  }

  private static Type.PrimitiveType integer(Field field, ArrowType.Int type) {
    require(field, type.getIsSigned() && type.getBitWidth() >= 32, Types.LongType.get());
    return type.getBitWidth() == 32 ? Types.IntegerType.get() : Types.LongType.get();
  }

  private static Type.PrimitiveType floating(Field field, ArrowType.FloatingPoint type) {
    return type.getPrecision() == FloatingPointPrecision.SINGLE
        ? Types.FloatType.get()
        : require(
            field, type.getPrecision() == FloatingPointPrecision.DOUBLE, Types.DoubleType.get());
  }

  private static Type.PrimitiveType decimal(Field field, ArrowType.Decimal type) {
    require(field, type.getBitWidth() == 128, Types.LongType.get());
    return Types.DecimalType.of(type.getPrecision(), type.getScale());
  }

  private static Type.PrimitiveType timestamp(Field field, ArrowType.Timestamp type) {
    return require(
        field,
        type.getUnit() == TimeUnit.MICROSECOND,
        type.getTimezone() == null
            ? Types.TimestampType.withoutZone()
            : Types.TimestampType.withZone());
  }

  private static Type.PrimitiveType require(
      Field field, boolean supported, Type.PrimitiveType type) {
    if (!supported) {
      throw unsupported(field);
    }
    return type;
  }

  private static IllegalArgumentException unsupported(Field field) {
    return new IllegalArgumentException(
        "Column '"
            + field.getName()
            + "' is of Arrow type "
            + field.getType()
            + ", which has no encoder.");
  }
}
