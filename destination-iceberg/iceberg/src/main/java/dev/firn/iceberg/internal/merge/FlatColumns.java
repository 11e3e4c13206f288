package dev.firn.iceberg.internal.merge;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Tells which columns are copied column by column. */
final class FlatColumns {
  private FlatColumns() {}

  /** Whether all columns of a schema are of types that Firn writes, with nothing to read in. */
  static boolean only(Schema schema) {
    return schema.columns().stream().allMatch(FlatColumns::isFlat);
  }

  private static boolean isFlat(Types.NestedField column) {
    boolean known =
        switch (column.type().typeId()) {
          case BOOLEAN,
              INTEGER,
              LONG,
              FLOAT,
              DOUBLE,
              DATE,
              TIME,
              TIMESTAMP,
              STRING,
              UUID,
              BINARY,
              DECIMAL ->
              true;
          default -> false;
        };
    return known && column.initialDefault() == null;
  }
}
