package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The key columns of a root: how they are read and turned into hashes. */
final class KeyColumns {
  private final TableName table;
  private final List<String> names;
  private final List<Integer> ids;

  private KeyColumns(TableName table, List<String> names, List<Integer> ids) {
    this.table = table;
    this.names = names;
    this.ids = ids;
  }

  /** The key columns of a merge, each in the target schema and of a type that can be a key. */
  static KeyColumns of(TableName table, List<String> names, Schema schema) {
    KeyHash hash = new KeyHash(table);
    List<Integer> ids = new ArrayList<>();
    for (String name : names) {
      Types.NestedField field = schema.asStruct().field(name);
      if (field == null) {
        throw new FirnException(
            ErrorCode.BAD_KEY_VALUE,
            "Table %s has no key column '%s'.".formatted(table, name),
            "Name existing columns as the key.");
      }
      if (!canBeKey(field.type())) {
        throw hash.badType(name, field.type().toString().toLowerCase(Locale.ROOT));
      }
      ids.add(field.fieldId());
    }
    return new KeyColumns(table, names, ids);
  }

  private static boolean canBeKey(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG, DECIMAL, DATE, TIME, TIMESTAMP, STRING, UUID, BINARY -> true;
      default -> false;
    };
  }

  int count() {
    return names.size();
  }

  /**
   * The key columns in order, as a schema has them; nothing if it lacks one. The base may call them
   * otherwise than the target: this very load may rename them.
   */
  Optional<List<Types.NestedField>> fields(Schema schema) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (int id : ids) {
      Types.NestedField field = schema.asStruct().field(id);
      if (field == null) {
        return Optional.empty();
      }
      fields.add(field);
    }
    return Optional.of(fields);
  }

  /** What a scan reads: the key columns, then the row hash if the schema has it as a long. */
  static Schema withRowHash(List<Types.NestedField> fields, Schema schema) {
    List<Types.NestedField> columns = new ArrayList<>(fields);
    Types.NestedField rowHash = schema.asStruct().field(SystemColumns.ROW_HASH);
    if (rowHash != null && rowHash.type().typeId() == Type.TypeID.LONG) {
      columns.add(rowHash);
    }
    return new Schema(columns);
  }

  KeyHash newHash() {
    return new KeyHash(table);
  }

  /** Whether all key values of a row are there. */
  boolean complete(List<ReadColumn> columns, int row) {
    for (int i = 0; i < names.size(); i++) {
      if (columns.get(i).isNull(row)) {
        return false;
      }
    }
    return true;
  }

  /** Hashes the key of a row; a null in it is an error. */
  void hash(List<ReadColumn> columns, int row, KeyHash hash) {
    hash.begin();
    for (int i = 0; i < names.size(); i++) {
      if (columns.get(i).isNull(row)) {
        throw hash.nullKey(names.get(i));
      }
      columns.get(i).addTo(hash, row);
    }
  }
}
