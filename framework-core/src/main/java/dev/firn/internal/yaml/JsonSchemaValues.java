package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.error.Spelling;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds keywords of JSON Schema whose values are not of the kind that the standard asks for. */
final class JsonSchemaValues {
  private static final String MULTIPLE_OF = "multipleOf";
  private static final Set<String> NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", MULTIPLE_OF);
  private static final Set<String> COUNTS =
      Set.of(
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minContains",
          "maxContains",
          "minProperties",
          "maxProperties");
  private static final Set<String> TYPES = types();

  private final Problems problems;

  JsonSchemaValues(Problems problems) {
    this.problems = problems;
  }

  private static Set<String> types() {
    Set<String> types = new HashSet<>(JsonSchemaWords.PRESENT);
    types.add(JsonSchemaWords.NULL);
    return types;
  }

  /** Looks at the value of a keyword that holds no schema. */
  void check(String word, ConfigNode value) {
    switch (word) {
      case JsonSchemaWords.TYPE -> type(value);
      case JsonSchemaWords.REQUIRED -> names(word, value);
      case "dependentRequired" -> dependent(word, value);
      case JsonSchemaWords.ENUM -> choice(value);
      case "uniqueItems" -> expect(word, value, isFlag(value), "true or false");
      case JsonSchemaWords.FORMAT -> format(word, value);
      case JsonSchemaWords.PATTERN, JsonSchemaWords.REF ->
          expect(word, value, json(value).isTextual(), "a text");
      default -> number(word, value);
    }
  }

  private void number(String word, ConfigNode value) {
    JsonNode json = json(value);
    if (COUNTS.contains(word)) {
      boolean count = json.canConvertToExactIntegral() && json.decimalValue().signum() >= 0;
      expect(word, value, count, "a whole number from 0 on");
    } else if (word.equals(MULTIPLE_OF)) {
      boolean above = json.isNumber() && json.decimalValue().signum() > 0;
      expect(word, value, above, "a number above 0");
    } else if (NUMBERS.contains(word)) {
      expect(word, value, json.isNumber(), "a number");
    }
  }

  private void type(ConfigNode value) {
    List<ConfigNode> words = value instanceof Listing all ? all.items() : List.of(value);
    expect(JsonSchemaWords.TYPE, value, !words.isEmpty(), "a type or some");
    for (ConfigNode each : words) {
      String word = each instanceof Scalar scalar ? scalar.text() : "?";
      if (!TYPES.contains(word)) {
        problems.add(each.origin(), "'" + word + "' is no type.", Spelling.hint(word, TYPES));
      }
    }
  }

  private void format(String word, ConfigNode value) {
    expect(word, value, value instanceof Scalar, "a text");
    if (value instanceof Scalar scalar && !JsonSchemaWords.FORMATS.contains(scalar.text())) {
      problems.add(
          value.origin(),
          "'" + scalar.text() + "' is no format.",
          Spelling.hint(scalar.text(), JsonSchemaWords.FORMATS));
    }
  }

  private void choice(ConfigNode value) {
    expect(JsonSchemaWords.ENUM, value, value instanceof Listing, "a list of values");
    if (value instanceof Listing choice && choice.items().isEmpty()) {
      problems.add(value.origin(), "The enum allows no value.", "List the values.");
    }
  }

  private void names(String word, ConfigNode value) {
    boolean names =
        value instanceof Listing all
            && all.items().stream().allMatch(each -> json(each).isTextual());
    expect(word, value, names, "a list of names");
  }

  private void dependent(String word, ConfigNode value) {
    expect(word, value, value instanceof Section, "lists of names by name");
    if (value instanceof Section section) {
      section.entries().values().forEach(entry -> names(word, entry.value()));
    }
  }

  private static boolean isFlag(ConfigNode value) {
    return json(value).isBoolean();
  }

  private void expect(String word, ConfigNode value, boolean holds, String expected) {
    if (!holds) {
      problems.add(value.origin(), "'" + word + "' must be " + expected + ".", "");
    }
  }

  private static JsonNode json(ConfigNode value) {
    return Scalars.toJson(value);
  }
}
