package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.iceberg.Schema;

/**
 * What a footer tells of: the row groups that count, and the columns that at least one of them came
 * with. A column of dropped row groups only may have a type that did not last, or be none of the
 * table's; its nulls in the others stay in the file as bytes that nobody reads.
 */
record KeptRowGroups(List<FileColumn> columns, List<AppendedRowGroup> groups) {
  static KeptRowGroups of(
      List<FileColumn> columns, List<AppendedRowGroup> all, IntPredicate keepRowGroup) {
    List<AppendedRowGroup> groups =
        all.stream().filter(group -> keepRowGroup.test(group.index())).toList();
    List<Integer> held = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (groups.stream().anyMatch(group -> !group.columns().get(column).absent())) {
        held.add(column);
      }
    }
    return held.size() == columns.size()
        ? new KeptRowGroups(columns, groups)
        : new KeptRowGroups(
            held.stream().map(columns::get).toList(),
            groups.stream().map(group -> group.only(held)).toList());
  }

  /**
   * Checks what the schema requires.
   *
   * @throws IllegalArgumentException if a required column holds a null
   */
  void requireNoNulls(Schema schema) {
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (schema.asStruct().field(name).isRequired()) {
        for (AppendedRowGroup group : groups) {
          group.requireNoNulls(i, name);
        }
      }
    }
  }
}
