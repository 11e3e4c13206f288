package dev.firn.internal.normalize;

import dev.firn.internal.normalize.Coercion.Strictness;
import dev.firn.internal.normalize.ColumnPlan.Kind;
import dev.firn.internal.normalize.Counts.InTable;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;

/** A committed or declared type, and how values come to be of it. */
final class FixedType {
  private final DataType type;
  private final Coercion coercion;
  private final Coerced coerced = new Coerced();

  FixedType(DataType type, Kind kind) {
    this.type = type;
    this.coercion =
        Coercion.into(type, kind == Kind.DECLARED ? Strictness.DECLARED : Strictness.COMMITTED);
  }

  DataType type() {
    return type;
  }

  /** Stores the value; false when the type cannot hold it. */
  boolean put(int row, Value value, ColumnBuffer into, TableBuilder table) {
    return direct(row, value, into) || viaCoercion(row, value, into, table);
  }

  /** The common cases, where a value is of the type as it comes. */
  private boolean direct(int row, Value value, ColumnBuffer into) {
    if (type == Simple.STRING && value.spelled && value.fact != Facts.BINARY) {
      into.putBytes(row, value.bytes, value.from, value.to);
    } else if (type == Simple.LONG && value.fact == Facts.LONG) {
      into.putLong(row, value.number);
    } else if (type == Simple.DOUBLE && value.fact == Facts.DOUBLE) {
      into.putDouble(row, value.real);
    } else if (type == Simple.JSON && value.fact == Facts.JSON) {
      into.putBytes(row, value.bytes, value.from, value.to);
    } else {
      return false;
    }
    return true;
  }

  private boolean viaCoercion(int row, Value value, ColumnBuffer into, TableBuilder table) {
    coerced.clear();
    if (!coerce(value)) {
      return false;
    }
    if (coerced.lossy) {
      table.state().counts.count(table, InTable.LOSSY);
    }
    if (coerced.truncated) {
      table.state().counts.count(table, InTable.TRUNCATED);
    }
    store(row, into);
    return true;
  }

  private boolean coerce(Value value) {
    return switch (value.fact) {
      case Facts.BOOLEAN -> coercion.bool(value.number != 0, coerced);
      case Facts.LONG, Facts.BIG, Facts.LONGER, Facts.OUT_OF_RANGE, Facts.DOUBLE -> number(value);
      case Facts.DECIMAL -> coercion.decimal(value.decimal, coerced);
      case Facts.STRING -> coercion.string(value.bytes, value.from, value.to, coerced);
      case Facts.TIMESTAMP -> coercion.timestamp(value.number, coerced);
      case Facts.TIMESTAMP_NTZ -> coercion.timestampNtz(value.number, coerced);
      case Facts.DATE -> coercion.date((int) value.number, coerced);
      case Facts.TIME -> coercion.time(value.number, coerced);
      case Facts.UUID -> coercion.uuid(value.uuid, coerced);
      case Facts.BINARY ->
          coercion.binary(java.util.Arrays.copyOfRange(value.bytes, value.from, value.to), coerced);
      default -> false;
    };
  }

  private boolean number(Value value) {
    if (value.spelled) {
      return coercion.number(value.bytes, value.from, value.to, coerced);
    }
    return value.fact == Facts.LONG
        ? coercion.integer(value.number, coerced)
        : coercion.real(value.real, coerced);
  }

  private void store(int row, ColumnBuffer into) {
    if (type instanceof DataType.Decimal) {
      into.putDecimal(row, coerced.decimal);
      return;
    }
    switch ((Simple) type) {
      case BOOLEAN -> into.putBoolean(row, coerced.integer != 0);
      case INT32, DATE -> into.putInt(row, (int) coerced.integer);
      case LONG, TIME, TIMESTAMP, TIMESTAMP_NTZ -> into.putLong(row, coerced.integer);
      case FLOAT -> into.putInt(row, Float.floatToRawIntBits((float) coerced.real));
      case DOUBLE -> into.putDouble(row, coerced.real);
      case STRING, JSON, BINARY -> into.putBytes(row, coerced.bytes, coerced.from, coerced.to);
      case UUID -> into.putUuid(row, coerced.uuid);
    }
  }
}
