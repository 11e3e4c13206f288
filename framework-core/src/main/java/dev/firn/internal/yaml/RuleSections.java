package dev.firn.internal.yaml;

import dev.firn.contract.BadRows;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.RuleTerms;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of a column with keys of their own: {@code min: {value: 20, on-violation: drop-row}}. */
final class RuleSections {
  /** Rules that are asked for by being named. */
  static final Set<String> SAID_BY_THEMSELVES = Set.of(ContractKeys.REQUIRED, ContractKeys.UNIQUE);

  private final Map<String, Entry> plain = new LinkedHashMap<>();
  private final Map<String, RuleTerms> terms = new HashMap<>();
  private final Origin origin;

  private RuleSections(Origin origin) {
    this.origin = origin;
  }

  /** What a column's section says of its rules. */
  static RuleSections of(String column, Section section, Fields columns) {
    RuleSections rules = new RuleSections(section.origin());
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (ContractKeys.RULES.contains(key) && entry.value() instanceof Section own) {
                String what = "'" + key + "' of column '" + column + "'";
                columns.section(what, own).ifPresent(fields -> rules.add(key, entry, fields));
              } else {
                rules.plain.put(key, entry);
              }
            });
    return rules;
  }

  private void add(String key, Entry entry, Fields own) {
    own.onlyKeys(ContractKeys.RULE);
    Optional<ConfigNode> value = own.node(ContractKeys.VALUE);
    if (value.isPresent()) {
      plain.put(key, new Entry(entry.key(), value.get()));
    } else if (SAID_BY_THEMSELVES.contains(key)) {
      plain.put(key, new Entry(entry.key(), new Scalar("true", Style.PLAIN, own.origin())));
    } else {
      own.problem(own.origin(), "No 'value' in " + own.what() + ".", "Say what the rule asks for.");
    }
    RuleTerms said =
        new RuleTerms(
            own.word(ContractKeys.ON_VIOLATION, OnViolation.class),
            own.parsed(ContractKeys.MAX_BAD_ROWS, BadRows::parse));
    if (!said.equals(RuleTerms.NONE)) {
      terms.put(key, said);
    }
  }

  /** The section with what each rule asks for in place of the rule's keys. */
  Section plain() {
    return new Section(plain, origin);
  }

  /** The terms of those rules that the column has. */
  Map<String, RuleTerms> terms(List<Rule> rules) {
    Map<String, RuleTerms> used = new HashMap<>();
    for (Rule rule : rules) {
      RuleTerms said = terms.get(rule.word());
      if (said != null) {
        used.put(rule.word(), said);
      }
    }
    return used;
  }
}
