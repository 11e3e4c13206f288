package dev.firn.contract;

import dev.firn.schema.DataType;
import java.util.List;
import java.util.Optional;

/**
 * What a contract asks of one column of the root table.
 *
 * @param column by source path or column name
 * @param type what values are read as before they are judged
 * @param onViolation empty: what the contract says
 * @param maxBadRows more rows that break rules of this column fail the load
 */
public record ColumnContract(
    String column,
    Optional<DataType> type,
    List<Rule> rules,
    Optional<OnViolation> onViolation,
    Optional<BadRows> maxBadRows) {
  public ColumnContract {
    rules = List.copyOf(rules);
  }

  /** A column of which any number of values may break a rule. */
  public ColumnContract(
      String column, Optional<DataType> type, List<Rule> rules, Optional<OnViolation> onViolation) {
    this(column, type, rules, onViolation, Optional.empty());
  }

  ColumnContract withoutBound() {
    return new ColumnContract(column, type, rules, onViolation, Optional.empty());
  }
}
