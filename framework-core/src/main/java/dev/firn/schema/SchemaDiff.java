package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The changes from one schema to another. Columns are matched by name; a column that only the table
 * has is left alone, and so is what the incoming schema does not say of partitioning and settings.
 */
public record SchemaDiff(List<SchemaChange> changes) {
  public SchemaDiff {
    changes = List.copyOf(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * What a table lacks to hold rows of {@code incoming}, and to be as that says.
   *
   * @throws FirnException {@code CONTRACT_FROZEN} when a column cannot be promoted to the incoming
   *     type, or the table lacks one that it may not get; {@code INVALID_CONFIG} when a column
   *     cannot be renamed, or is to be dropped while rows bring it
   */
  public static SchemaDiff between(TableSchema table, TableSchema incoming) {
    incoming.edits().drops().forEach(column -> requireNotBrought(incoming, column));
    SchemaDiff edited = incoming.edits().missing(table);
    TableSchema current = edited.applyTo(table);
    List<SchemaChange> changes = new ArrayList<>(edited.changes());
    for (Column column : incoming.columns()) {
      Optional<Column> known = current.column(column.name());
      if (known.isEmpty()) {
        requireAllowed(incoming, column);
        changes.add(new SchemaChange.AddColumn(column.asOptional()));
      } else {
        compare(current.name(), known.get(), column, changes);
      }
    }
    for (Column known : current.columns()) {
      if (known.required() && incoming.column(known.name()).isEmpty()) {
        changes.add(new SchemaChange.RelaxNullability(known.name()));
      }
    }
    keyed(current, incoming).ifPresent(changes::add);
    SettingsDiff.between(current, incoming, changes);
    return new SchemaDiff(changes);
  }

  /**
   * Another key, where the table's columns allow it: a column that may hold nulls cannot be part of
   * a key. A load without a key leaves the table's alone.
   */
  private static Optional<SchemaChange> keyed(TableSchema current, TableSchema incoming) {
    List<String> key = incoming.key();
    boolean same = Set.copyOf(key).equals(Set.copyOf(current.key()));
    boolean never = !key.stream().allMatch(name -> neverNull(current, incoming, name));
    return key.isEmpty() || same || never
        ? Optional.empty()
        : Optional.of(new SchemaChange.SetKey(current.key(), key));
  }

  private static boolean neverNull(TableSchema current, TableSchema incoming, String name) {
    return current.column(name).filter(Column::required).isPresent()
        && incoming.column(name).filter(Column::required).isPresent();
  }

  private static void requireNotBrought(TableSchema incoming, String column) {
    if (incoming.column(column).isPresent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s: column '%s' is to be dropped, but rows bring it."
              .formatted(incoming.name(), column),
          "Take it out of drop-columns, or out of the source.");
    }
  }

  private static void requireAllowed(TableSchema incoming, Column column) {
    if (!incoming.additions().allow(column.name())) {
      throw new FirnException(
          ErrorCode.CONTRACT_FROZEN,
          "Table %s: another writer has dropped column '%s', and evolution.columns does not bring it back."
              .formatted(incoming.name(), column.name()),
          "Run again: evolution.columns says what becomes of its values.");
    }
  }

  private static void compare(
      TableName table, Column known, Column incoming, List<SchemaChange> changes) {
    if (Promotion.allowed(known.type(), incoming.type())) {
      changes.add(new SchemaChange.WidenType(known.name(), known.type(), incoming.type()));
    } else if (!Promotion.holds(known.type(), incoming.type())) {
      throw new FirnException(
          ErrorCode.CONTRACT_FROZEN,
          "Table %s: column '%s' is %s but %s arrives, and a table cannot be promoted that way."
              .formatted(table, known.name(), known.type().word(), incoming.type().word()),
          "Load again: the new values go to a companion column.");
    }
    if (known.required() && !incoming.required()) {
      changes.add(new SchemaChange.RelaxNullability(known.name()));
    }
    for (String path : incoming.sourcePaths()) {
      if (!known.sourcePaths().contains(path)) {
        changes.add(new SchemaChange.AddAlias(known.name(), path));
      }
    }
  }

  /** The schema after these changes. */
  public TableSchema applyTo(TableSchema schema) {
    List<Column> columns = new ArrayList<>(schema.columns());
    TableSchema next = schema;
    for (SchemaChange change : changes) {
      if (change instanceof SchemaChange.AddColumn add) {
        columns.add(add.column());
      } else if (change instanceof SchemaChange.DropColumn drop) {
        columns.removeIf(column -> column.name().equals(drop.column()));
      } else if (change instanceof SchemaChange.SetKey key) {
        next = next.withKey(key.to());
      } else if (change instanceof SchemaChange.Repartition fields) {
        next = next.withPartitionBy(fields.to());
      } else if (change instanceof SchemaChange.Resort order) {
        next = next.withSettings(next.settings().withSortBy(order.to()));
      } else if (change instanceof SchemaChange.ChangeSetting setting) {
        next = next.withSettings(next.settings().with(setting));
      } else if (change instanceof SchemaChange.RenameColumn rename) {
        columns.replaceAll(column -> changed(column, change));
        next = next.renamed(rename.from(), rename.to());
      } else {
        columns.replaceAll(column -> changed(column, change));
      }
    }
    return next.withColumns(columns);
  }

  private static Column changed(Column column, SchemaChange change) {
    if (change instanceof SchemaChange.WidenType widen && widen.column().equals(column.name())) {
      return column.withType(widen.to());
    } else if (change instanceof SchemaChange.RelaxNullability relax
        && relax.column().equals(column.name())) {
      return column.asOptional();
    } else if (change instanceof SchemaChange.AddAlias alias
        && alias.column().equals(column.name())) {
      return column.withAlias(alias.sourcePath());
    } else if (change instanceof SchemaChange.RenameColumn rename
        && rename.from().equals(column.name())) {
      return column.withName(rename.to());
    }
    return column;
  }
}
