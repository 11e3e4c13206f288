package dev.firn.internal.normalize;

import dev.firn.schema.Column;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** Values of the rows that a load's table has, read as those of the load are. */
final class TableValues {
  private final LoadPlan plan;
  private final Iterable<Column> columns;
  private final TableRows rows;
  private final BufferAllocator allocator;

  /** Looks at one row. */
  interface Reader {
    void row(TableBuilder root, int row);
  }

  /**
   * @param plan of the load
   * @param columns as the table has them now
   * @param rows sends its rows
   */
  TableValues(LoadPlan plan, Iterable<Column> columns, TableRows rows, BufferAllocator allocator) {
    this.plan = plan;
    this.columns = columns;
    this.rows = rows;
    this.allocator = allocator;
  }

  /**
   * Shows all rows that hold, one after the other: of versions only the open ones.
   *
   * @param wanted columns by the names that they have after the load
   */
  void read(Set<String> wanted, Reader reader) {
    Optional<Versions> versions = plan.target().versions();
    Set<String> names = new HashSet<>(wanted);
    versions.ifPresent(each -> names.add(each.to()));
    readAll(
        names,
        (root, row) -> {
          if (versions.isEmpty() || !versions.get().closed(root, row)) {
            reader.row(root, row);
          }
        });
  }

  private void readAll(Set<String> wanted, Reader reader) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Column column : columns) {
      String name = plan.target().edits().nameFor(column.name(), column.name());
      if (wanted.contains(name)) {
        names.put(column.name(), name);
      }
    }
    LoadPlan reading = plan.reading(names.values());
    try (TableBuilder root =
        new TableBuilder(null, "", reading.root(), new RecordState(false), allocator)) {
      RecordGate gate =
          (table, row, state) -> {
            reader.row(table, row);
            return false; // nobody loads it
          };
      rows.send(plan.target().root(), names, new RecordBuilder(root, reading.rules(), gate));
    }
  }
}
