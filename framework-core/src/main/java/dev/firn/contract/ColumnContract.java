package dev.firn.contract;

import dev.firn.schema.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a contract asks of one column of the root table.
 *
 * @param column by source path or column name
 * @param type what values are read as before they are judged
 * @param onViolation empty: what the contract says
 * @param maxBadRows more rows that break rules of this column fail the load
 * @param terms of single rules, by {@link Rule#word}
 */
public record ColumnContract(
    String column,
    Optional<DataType> type,
    List<Rule> rules,
    Optional<OnViolation> onViolation,
    Optional<BadRows> maxBadRows,
    Map<String, RuleTerms> terms) {
  public ColumnContract {
    rules = List.copyOf(rules);
    terms = Map.copyOf(terms);
  }

  /** A column whose rules have no terms of their own. */
  public ColumnContract(
      String column,
      Optional<DataType> type,
      List<Rule> rules,
      Optional<OnViolation> onViolation,
      Optional<BadRows> maxBadRows) {
    this(column, type, rules, onViolation, maxBadRows, Map.of());
  }

  /** A column of which any number of values may break a rule. */
  public ColumnContract(
      String column, Optional<DataType> type, List<Rule> rules, Optional<OnViolation> onViolation) {
    this(column, type, rules, onViolation, Optional.empty());
  }

  /** What a rule of this column says of those that break it. */
  public RuleTerms terms(Rule rule) {
    return terms.getOrDefault(rule.word(), RuleTerms.NONE);
  }

  ColumnContract withoutBound() {
    Map<String, RuleTerms> unbound = new LinkedHashMap<>();
    terms.forEach((word, own) -> unbound.put(word, own.withoutBound()));
    return new ColumnContract(column, type, rules, onViolation, Optional.empty(), unbound);
  }
}
