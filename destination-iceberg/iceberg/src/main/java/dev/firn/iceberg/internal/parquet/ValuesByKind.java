package dev.firn.iceberg.internal.parquet;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** The reusable values of an encoder, one per physical kind of column. */
final class ValuesByKind {
  private final ColumnValues booleans = new BooleanValues();
  private final ColumnValues ints = new NumberValues(NumberValues.Kind.INT, Integer.BYTES);
  private final ColumnValues longs = new NumberValues(NumberValues.Kind.LONG, Long.BYTES);
  private final ColumnValues floats = new NumberValues(NumberValues.Kind.FLOAT, Integer.BYTES);
  private final ColumnValues doubles = new NumberValues(NumberValues.Kind.DOUBLE, Long.BYTES);
  private final ColumnValues intDecimals =
      new NumberValues(NumberValues.Kind.INT, WideValues.WIDTH);
  private final ColumnValues longDecimals =
      new NumberValues(NumberValues.Kind.LONG, WideValues.WIDTH);
  private final WideValues wideDecimals = new WideValues(true);
  private final ColumnValues uuids = new WideValues(false);
  private final ColumnValues texts = new TextValues();

  ColumnValues of(Type.PrimitiveType type) {
    return switch (type.typeId()) {
      case BOOLEAN -> booleans;
      case INTEGER, DATE -> ints;
      case LONG, TIME, TIMESTAMP -> longs;
      case FLOAT -> floats;
      case DOUBLE -> doubles;
      case DECIMAL -> decimals((Types.DecimalType) type);
      case UUID, FIXED -> uuids;
      case STRING, BINARY -> texts;
      default -> throw new IllegalArgumentException("No encoder for " + type + ".");
    };
  }

  // Iceberg spec, appendix A: up to 9 digits are int32, up to 18 int64, more a fixed array as short
  // as the precision allows.
  private ColumnValues decimals(Types.DecimalType type) {
    if (type.precision() <= 9) {
      return intDecimals;
    }
    if (type.precision() <= 18) {
      return longDecimals;
    }
    wideDecimals.setWidth(TypeUtil.decimalRequiredBytes(type.precision()));
    return wideDecimals;
  }
}
