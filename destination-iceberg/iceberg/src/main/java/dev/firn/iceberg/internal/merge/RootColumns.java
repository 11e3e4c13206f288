package dev.firn.iceberg.internal.merge;

import dev.firn.load.WriteRules;
import dev.firn.schema.SystemColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The columns of staged root rows that decide over them, those of the key first. */
record RootColumns(Schema schema, int rowHash, int hardDelete, int dedupSort) {
  private static final int NONE = -1;

  static RootColumns of(List<Types.NestedField> key, Schema schema, WriteRules rules) {
    List<Types.NestedField> columns = new ArrayList<>(key);
    Types.NestedField hash = schema.asStruct().field(SystemColumns.ROW_HASH);
    boolean hashed = hash != null && hash.type().typeId() == Type.TypeID.LONG;
    int rowHash = hashed ? place(SystemColumns.ROW_HASH, schema, columns) : NONE;
    int hardDelete = rules.hardDelete().map(name -> place(name, schema, columns)).orElse(NONE);
    int dedupSort =
        rules.dedupSort().map(sort -> place(sort.column(), schema, columns)).orElse(NONE);
    return new RootColumns(new Schema(columns), rowHash, hardDelete, dedupSort);
  }

  /** A column that no record has had yet is null in all rows. */
  private static int place(String name, Schema schema, List<Types.NestedField> columns) {
    Types.NestedField field = schema.asStruct().field(name);
    if (field == null || !field.type().isPrimitiveType()) {
      return NONE;
    }
    int known = columns.indexOf(field);
    if (known < 0) {
      columns.add(field);
    }
    return known < 0 ? columns.size() - 1 : known;
  }

  /** The row's {@link KeyTable} flags. */
  int flags(List<ReadColumn> columns, int row) {
    boolean hashed = rowHash != NONE && !columns.get(rowHash).isNull(row);
    return (hashed ? KeyTable.HAS_HASH : 0) | (deletes(columns, row) ? KeyTable.DELETES : 0);
  }

  /** The row's hash; 0 where it has none. */
  long hash(List<ReadColumn> columns, int row) {
    return rowHash != NONE && !columns.get(rowHash).isNull(row)
        ? columns.get(rowHash).longs()[row]
        : 0;
  }

  /** Whether the row says that its key is to be deleted. */
  boolean deletes(List<ReadColumn> columns, int row) {
    if (hardDelete == NONE || columns.get(hardDelete).isNull(row)) {
      return false;
    }
    ReadColumn column = columns.get(hardDelete);
    return column.type().typeId() != Type.TypeID.BOOLEAN || column.longs()[row] != 0;
  }

  /** What the row is sorted by among those of its key. */
  SortValue sortValue(List<ReadColumn> columns, int row) {
    return dedupSort == NONE ? SortValue.NULL : SortValue.of(columns.get(dedupSort), row);
  }
}
