package dev.firn.contract;

import java.util.Optional;

/**
 * What one rule of a column has to say of those that break it.
 *
 * @param onViolation empty: what the column or the contract says
 * @param maxBadRows more rows that break the rule fail the load; empty: any number may
 */
public record RuleTerms(Optional<OnViolation> onViolation, Optional<BadRows> maxBadRows) {
  /** Nothing of its own. */
  public static final RuleTerms NONE = new RuleTerms(Optional.empty(), Optional.empty());

  RuleTerms withoutBound() {
    return new RuleTerms(onViolation, Optional.empty());
  }
}
