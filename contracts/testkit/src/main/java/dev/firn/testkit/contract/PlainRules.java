package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Rule;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What rules say of a single value, in the plainest code: an oracle for those made for speed. */
final class PlainRules {
  private PlainRules() {}

  /** Whether a value that is there keeps a rule. */
  static boolean holds(Rule rule, JsonNode value) {
    if (rule instanceof Rule.AtLeast least) {
      int order = number(value).compareTo(least.bound());
      return order > 0 || (order == 0 && !least.excluded());
    } else if (rule instanceof Rule.AtMost most) {
      int order = number(value).compareTo(most.bound());
      return order < 0 || (order == 0 && !most.excluded());
    } else if (rule instanceof Rule.MinLength shortest) {
      return length(value) >= shortest.length();
    } else if (rule instanceof Rule.MaxLength longest) {
      return length(value) <= longest.length();
    } else if (rule instanceof Rule.Matches regular) {
      return Pattern.compile(regular.pattern()).matcher(value.asText()).find();
    } else if (rule instanceof Rule.OneOf choice) {
      return choice.values().contains(value.asText());
    }
    return true;
  }

  private static BigDecimal number(JsonNode value) {
    return value.decimalValue();
  }

  private static int length(JsonNode value) {
    String text = value.asText();
    return text.codePointCount(0, text.length());
  }
}
