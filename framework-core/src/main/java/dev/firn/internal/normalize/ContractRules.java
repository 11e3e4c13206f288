package dev.firn.internal.normalize;

import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.expression.ExpressionParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the checks of a contract for the columns as they are named in the table. */
final class ContractRules {
  private ContractRules() {}

  /** What a contract's columns are in the table. */
  interface Columns {
    /** The column's name for a source path, or for a name as written. */
    String name(String written);

    /** Whether its type is declared, or the table's. */
    boolean typed(String written);
  }

  /**
   * The checks of one worker.
   *
   * @param key the key's column names
   * @throws FirnException {@code INVALID_CONFIG} when the contract names a column twice, by source
   *     path and by name, would take a key's value away, or judges rows by a column whose type is
   *     known only when all of them are read
   */
  static List<RowCheck> of(
      SchemaContract contract, Columns columns, List<String> key, RowValues values) {
    Map<String, String> written = new HashMap<>();
    List<RowCheck> checks = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      String name = columns.name(column.column());
      String other = written.put(name, column.column());
      if (other != null) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Contract %s: '%s' and '%s' are both the column %s."
                .formatted(contract.name(), other, column.column(), name),
            "Keep one of the two.");
      }
      List<OnViolation> words =
          column.rules().stream().map(rule -> contract.onViolation(column, rule)).toList();
      if (words.contains(OnViolation.NULL_VALUE) && key.contains(name)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Contract %s: a key cannot be null, so null-value is not for column %s."
                .formatted(contract.name(), name),
            "Set on-violation: drop-row for this column.");
      }
      checks.add(new ColumnCheck(name, column.rules(), words));
    }
    for (Check check : contract.checks()) {
      if (check instanceof Check.Expression condition
          && ExpressionParser.parse(condition.condition()).aggregates().isEmpty()) {
        checks.add(condition(contract, condition, columns, values));
      }
    }
    return checks;
  }

  private static ConditionCheck condition(
      SchemaContract contract, Check.Expression condition, Columns columns, RowValues values) {
    for (String column : ExpressionParser.parse(condition.condition()).columns()) {
      if (!columns.typed(column)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Contract %s: the condition '%s' is of each row, but no type is declared for its column '%s'."
                .formatted(contract.name(), condition.name(), column),
            "Add the column with its type to 'columns': what it is otherwise, only all rows together tell.");
      }
    }
    OnViolation word = contract.onViolation(condition);
    // a condition has no value of its own that could be left out
    OnViolation onViolation = word == OnViolation.NULL_VALUE ? OnViolation.DROP_ROW : word;
    return new ConditionCheck(condition.name(), condition.condition(), onViolation, values);
  }
}
