package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values of a column that break one of its rules and no other. */
final class Breaking {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int TRIES = 2_000;

  private final ColumnContract column;
  private final Rule rule;

  Breaking(ColumnContract column, Rule rule) {
    this.column = column;
    this.rule = rule;
  }

  Arbitrary<JsonNode> values() {
    ColumnValues all = new ColumnValues(column);
    if (rule instanceof Rule.AtLeast || rule instanceof Rule.AtMost) {
      return all.breaking(rule);
    }
    Arbitrary<JsonNode> others = new ColumnValues(without()).valid();
    return Arbitraries.oneOf(List.of(others, changed(all.valid())))
        .filter(TRIES, value -> breaksThisAlone(value));
  }

  private ColumnContract without() {
    List<Rule> others = column.rules().stream().filter(each -> !each.equals(rule)).toList();
    return new ColumnContract(column.column(), column.type(), others, column.onViolation());
  }

  private boolean breaksThisAlone(JsonNode value) {
    return column.rules().stream()
        .allMatch(each -> PlainRules.holds(each, value) != each.equals(rule));
  }

  /** Values that were right and are a little longer, shorter or other than they were. */
  private static Arbitrary<JsonNode> changed(Arbitrary<JsonNode> valid) {
    return Combinators.combine(valid, Arbitraries.integers().between(0, 5))
        .as(
            (value, way) -> {
              if (value.isIntegralNumber()) {
                return JSON.numberNode(value.longValue() + way + 1);
              } else if (!value.isTextual()) {
                return value;
              }
              return JSON.textNode(changed(value.textValue(), way));
            });
  }

  private static String changed(String text, int way) {
    int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    return switch (way) {
      case 0 -> "";
      case 1 -> text.substring(0, half);
      case 2 -> text + text + "x";
      case 3 -> text.substring(0, half) + "~" + text.substring(Math.min(text.length(), half + 1));
      case 4 -> text.toUpperCase(Locale.ROOT) + " ";
      default -> "~" + text;
    };
  }
}
