package dev.firn.schema;

/** One change that makes a table able to hold what arrives. */
public sealed interface SchemaChange {

  /** A column that the table does not have yet. */
  record AddColumn(Column column) implements SchemaChange {}

  /** A type that the table format can promote in place. */
  record WidenType(String column, DataType from, DataType to) implements SchemaChange {}

  /** A required column that may be null from now on. */
  record RelaxNullability(String column) implements SchemaChange {}

  /** A source path that from now on means an existing column. */
  record AddAlias(String column, String sourcePath) implements SchemaChange {}

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
    }
    throw new AssertionError(this);
  }
}
