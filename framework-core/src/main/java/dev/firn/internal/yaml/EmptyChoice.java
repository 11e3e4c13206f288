package dev.firn.internal.yaml;

import dev.firn.contract.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** Finds enums of which the other rules of their column leave no value. */
final class EmptyChoice {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private EmptyChoice() {}

  static boolean in(List<Rule> rules) {
    return rules.stream()
        .filter(Rule.OneOf.class::isInstance)
        .map(Rule.OneOf.class::cast)
        .anyMatch(choice -> choice.values().stream().noneMatch(value -> keepsAll(value, rules)));
  }

  private static boolean keepsAll(String value, List<Rule> rules) {
    return rules.stream().allMatch(rule -> keeps(value, rule));
  }

  private static boolean keeps(String value, Rule rule) {
    if (rule instanceof Rule.MinLength shortest) {
      return length(value) >= shortest.length();
    } else if (rule instanceof Rule.MaxLength longest) {
      return length(value) <= longest.length();
    } else if (rule instanceof Rule.AtLeast least && NUMBER.matcher(value).matches()) {
      int order = new BigDecimal(value).compareTo(least.bound());
      return order > 0 || (order == 0 && !least.excluded());
    } else if (rule instanceof Rule.AtMost most && NUMBER.matcher(value).matches()) {
      int order = new BigDecimal(value).compareTo(most.bound());
      return order < 0 || (order == 0 && !most.excluded());
    }
    return true; // what a pattern or a format lets through, data will tell
  }

  private static int length(String value) {
    return value.codePointCount(0, value.length());
  }
}
