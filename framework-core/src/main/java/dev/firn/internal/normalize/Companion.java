package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;

/** The column beside a committed one that takes the values which that one cannot hold. */
record Companion(String suffix, DataType type) {
  private static final Companion TEXT = new Companion("text", Simple.STRING);

  /** The companion for a value, by what it says. */
  static Companion of(Value value) {
    return switch (value.fact) {
      case Facts.LONG -> new Companion("bigint", Simple.LONG);
      case Facts.DOUBLE -> new Companion("double", Simple.DOUBLE);
      case Facts.BOOLEAN -> new Companion("bool", Simple.BOOLEAN);
      case Facts.BIG -> new Companion("decimal", new DataType.Decimal(38, 0));
      case Facts.TIMESTAMP, Facts.TIMESTAMP_NTZ -> new Companion("timestamp", Simple.TIMESTAMP);
      case Facts.DATE -> new Companion("date", Simple.DATE);
      case Facts.TIME -> new Companion("time", Simple.TIME);
      case Facts.BINARY -> new Companion("binary", Simple.BINARY);
      case Facts.JSON -> new Companion("json", Simple.JSON);
      case Facts.DECIMAL -> decimal(value);
      default -> TEXT;
    };
  }

  private static Companion decimal(Value value) {
    int scale = Math.max(0, value.decimal.scale());
    boolean whole = scale == 0 && value.decimal.precision() <= 38;
    return whole ? new Companion("decimal", new DataType.Decimal(38, 0)) : TEXT;
  }

  /** The name beside {@code column}. */
  String nameFor(String column) {
    return namesBeside(column) + suffix;
  }

  /** How all names beside {@code column} begin. */
  static String namesBeside(String column) {
    return column + "__v_";
  }
}
