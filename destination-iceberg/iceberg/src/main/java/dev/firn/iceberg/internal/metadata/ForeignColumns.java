package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.Column;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Columns of types that Firn does not write: structs, lists and maps, nanoseconds, and more, which
 * other engines have made. New rows hold nothing there.
 */
public final class ForeignColumns {
  private ForeignColumns() {}

  /**
   * Checks that rows can be without them.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming those that are required
   */
  public static void requireOptional(TableName table, Schema schema) {
    List<String> required = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      if (isForeign(field) && field.isRequired()) {
        required.add(told(field));
      }
    }
    if (!required.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has required columns of types that are not written: %s."
              .formatted(table, String.join(", ", required)),
          "Make them optional (ALTER TABLE ... DROP NOT NULL), or load into another table.");
    }
  }

  /**
   * Checks all that rows of a schema need to know of them.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming those that are required, or whose names the
   *     rows bring
   */
  static void require(Schema schema, TableSchema incoming) {
    requireOptional(incoming.name(), schema);
    List<String> brought = new ArrayList<>();
    for (Column column : incoming.columns()) {
      Types.NestedField field = schema.asStruct().field(column.name());
      if (field != null && isForeign(field)) {
        brought.add("%s, where %s arrives".formatted(told(field), column.type().word()));
      }
    }
    if (!brought.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has columns of types that are not written: %s."
              .formatted(incoming.name(), String.join("; ", brought)),
          "Bring them under other names (rename-columns), or load into another table.");
    }
  }

  private static boolean isForeign(Types.NestedField field) {
    return TypeMapping.fromIceberg(field.type()).isEmpty();
  }

  private static String told(Types.NestedField field) {
    return "%s (%s)".formatted(field.name(), field.type());
  }
}
