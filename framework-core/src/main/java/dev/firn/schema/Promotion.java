package dev.firn.schema;

/** The changes of type that Iceberg makes in place (spec, "Schema Evolution"). */
public final class Promotion {
  private Promotion() {}

  /**
   * Whether a column can change from one type to the other, wider one without touching its files.
   */
  public static boolean allowed(DataType from, DataType to) {
    if (from == DataType.Simple.INT32) {
      return to == DataType.Simple.LONG;
    } else if (from == DataType.Simple.FLOAT) {
      return to == DataType.Simple.DOUBLE;
    } else if (from instanceof DataType.Decimal a && to instanceof DataType.Decimal b) {
      return a.scale() == b.scale() && a.precision() < b.precision();
    }
    return false;
  }

  /** Whether a column of the first type holds every value of the second as it is. */
  public static boolean holds(DataType column, DataType values) {
    return column.equals(values)
        || allowed(values, column)
        || (column == DataType.Simple.STRING && values == DataType.Simple.JSON)
        || (column == DataType.Simple.JSON && values == DataType.Simple.STRING);
  }
}
