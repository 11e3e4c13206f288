package dev.firn.contract;

import java.util.List;

/**
 * What a load made of its contract.
 *
 * @param checked rows that were held against the rules
 * @param badRows how many broke at least one
 * @param rules those that were broken
 * @param examples the first violations, in the order of the input
 * @param untold violations beyond these
 * @param checks what was asked of the rows together
 */
public record ContractResult(
    String name,
    int version,
    long checked,
    long badRows,
    List<RuleResult> rules,
    List<Violation> examples,
    long untold,
    List<CheckResult> checks) {
  public ContractResult {
    rules = List.copyOf(rules);
    examples = List.copyOf(examples);
    checks = List.copyOf(checks);
  }

  /** How often a rule was broken, as {@code sgv min 20}. */
  public record RuleResult(String rule, long violations) {}

  /**
   * What became of a check.
   *
   * @param fails whether the load fails where it does not hold
   * @param found what it was judged by
   */
  public record CheckResult(String check, boolean held, boolean fails, String found) {}

  /** How many violations there were. */
  public long violations() {
    return rules.stream().mapToLong(RuleResult::violations).sum();
  }
}
