package dev.firn.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One change that makes a table able to hold what arrives, or what is wanted of it. */
public sealed interface SchemaChange {

  /** A column that the table does not have yet. */
  record AddColumn(Column column) implements SchemaChange {}

  /** A type that the table format can promote in place. */
  record WidenType(String column, DataType from, DataType to) implements SchemaChange {}

  /** A required column that may be null from now on. */
  record RelaxNullability(String column) implements SchemaChange {}

  /** A source path that from now on means an existing column. */
  record AddAlias(String column, String sourcePath) implements SchemaChange {}

  /** A column that keeps its values under another name. */
  record RenameColumn(String from, String to) implements SchemaChange {}

  /** A column that goes with its values. */
  record DropColumn(String column) implements SchemaChange {}

  /** Other columns that tell rows apart. */
  record SetKey(List<String> from, List<String> to) implements SchemaChange {
    public SetKey {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** Another partitioning for rows to come; those that are there stay as they lie. */
  record Repartition(List<PartitionField> from, List<PartitionField> to) implements SchemaChange {
    public Repartition {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /** Another order for writers and compactions to keep. */
  record Resort(List<SortField> from, List<SortField> to) implements SchemaChange {
    public Resort {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /**
   * A setting of the table.
   *
   * @param key as in {@code table-settings}
   * @param of the column or property that it is about; empty: the table
   */
  record ChangeSetting(String key, String of, Optional<String> from, String to)
      implements SchemaChange {}

  /** Whether the columns change, rather than how the table is kept. */
  default boolean ofColumns() {
    return this instanceof AddColumn
        || this instanceof WidenType
        || this instanceof RelaxNullability
        || this instanceof RenameColumn
        || this instanceof SetKey
        || this instanceof DropColumn;
  }

  /** One line for a plan or a report. */
  default String describe() {
    if (this instanceof AddColumn add) {
      return "+ column " + add.column().name() + " " + add.column().type().word();
    } else if (this instanceof WidenType widen) {
      return "~ column " + widen.column() + " " + widen.from().word() + " -> " + widen.to().word();
    } else if (this instanceof RelaxNullability relax) {
      return "~ column " + relax.column() + " required -> optional";
    } else if (this instanceof AddAlias alias) {
      return "~ column " + alias.column() + " also read from '" + alias.sourcePath() + "'";
    } else if (this instanceof RenameColumn rename) {
      return "~ column " + rename.from() + " renamed to " + rename.to();
    } else if (this instanceof DropColumn drop) {
      return "- column " + drop.column() + ", with its values";
    } else if (this instanceof SetKey key) {
      return "~ key " + list(key.from()) + " -> " + list(key.to());
    } else if (this instanceof Repartition fields) {
      return "~ partition-by " + list(fields.from()) + " -> " + list(fields.to());
    } else if (this instanceof Resort order) {
      return "~ sort-by " + list(order.from()) + " -> " + list(order.to());
    } else if (this instanceof ChangeSetting change) {
      String what = change.of().isEmpty() ? change.key() : change.key() + " " + change.of();
      return "~ %s %s -> %s".formatted(what, change.from().orElse("unset"), change.to());
    }
    throw new AssertionError(this);
  }

  private static String list(List<?> fields) {
    return fields.isEmpty()
        ? "none"
        : fields.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
