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
 */
public record ColumnContract(
    String column, Optional<DataType> type, List<Rule> rules, Optional<OnViolation> onViolation) {
  public ColumnContract {
    rules = List.copyOf(rules);
  }
}
