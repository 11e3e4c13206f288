package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes to a table's columns that data alone never asks for. Each is done once: a table that has
 * it already is left alone.
 *
 * @param renames old name to new name; the column keeps its values
 * @param drops columns that go with their values
 */
public record ColumnEdits(Map<String, String> renames, List<String> drops) {
  public static final ColumnEdits NONE = new ColumnEdits(Map.of(), List.of());

  public ColumnEdits {
    renames = Collections.unmodifiableMap(new LinkedHashMap<>(renames));
    drops = List.copyOf(drops);
    renames.values().forEach(ColumnEdits::requireOwn);
    drops.forEach(ColumnEdits::requireOwn);
    if (new HashSet<>(renames.values()).size() < renames.size()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Two columns are renamed to the same name: " + renames + ".",
          "Give each column of rename-columns a name of its own.");
    }
  }

  private static void requireOwn(String name) {
    if (name.isBlank() || SystemColumns.reserved(name)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The column '" + name + "' is not one to rename to or drop.",
          "Name a column of the source.");
    }
  }

  public boolean isEmpty() {
    return renames.isEmpty() && drops.isEmpty();
  }

  /**
   * The name that a column is to have.
   *
   * @param name where its source path leads by the naming rules
   */
  public String nameFor(String sourcePath, String name) {
    String renamed = renames.get(sourcePath);
    return renamed != null ? renamed : renames.getOrDefault(name, name);
  }

  /** These edits with the names that columns have in the table. */
  public ColumnEdits named(UnaryOperator<String> names) {
    Map<String, String> renamed = new LinkedHashMap<>();
    renames.forEach((from, to) -> renamed.put(names.apply(from), to));
    return new ColumnEdits(renamed, drops.stream().map(names).toList());
  }

  /**
   * What is still to be done to a table.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the new name is taken
   */
  SchemaDiff missing(TableSchema table) {
    List<SchemaChange> changes = new ArrayList<>();
    renames.forEach(
        (from, to) -> {
          if (table.column(from).isPresent()) {
            requireFree(table, from, to);
            changes.add(new SchemaChange.RenameColumn(from, to));
          }
        });
    for (String name : drops) {
      Optional<Column> column = table.column(name);
      column.ifPresent(found -> changes.add(new SchemaChange.DropColumn(found.name())));
    }
    return new SchemaDiff(changes);
  }

  private static void requireFree(TableSchema table, String from, String to) {
    if (table.column(to).isPresent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has both columns '%s' and '%s', so that the one cannot be renamed to the other."
              .formatted(table.name(), from, to),
          "Take it out of rename-columns, or name the one to give up in drop-columns first.");
    }
  }

  /** The table with these edits done. */
  public TableSchema applyTo(TableSchema table) {
    return missing(table).applyTo(table);
  }
}
