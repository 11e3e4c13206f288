package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.JsonSchemaWords.REF;

import dev.firn.error.Spelling;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what is wrong with a JSON Schema, wherever in it. */
final class JsonSchemaCheck {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

  private static final Set<String> REFERENCES = Set.of(REF, "$dynamicRef");
  private static final String BY_PATTERN = "patternProperties";

  private final List<String> remote;
  private final Problems problems;
  private final JsonSchemaValues values;
  private final Set<Origin> seen = new HashSet<>();

  /**
   * @param remote how addresses begin that may be fetched
   */
  JsonSchemaCheck(List<String> remote, Problems problems) {
    this.remote = remote;
    this.problems = problems;
    this.values = new JsonSchemaValues(problems);
  }

  /** Looks at a schema and those in it; {@code true} and {@code false} are schemas too. */
  void check(ConfigNode node) {
    if (node instanceof Section schema) {
      if (seen.add(schema.origin())) {
        schema.entries().forEach(this::keyword);
        bounds(schema);
      }
    } else if (!(node instanceof Scalar flag && flag.text().matches("true|false"))) {
      problems.add(node.origin(), "Expected a schema.", "Write an object, true or false.");
    }
  }

  private void keyword(String word, Entry entry) {
    ConfigNode value = entry.value();
    if (word.startsWith("x-")) {
      return; // for other tools
    } else if (!JsonSchemaWords.ALL.contains(word)) {
      problems.add(
          entry.key(), "Unknown keyword '" + word + "'.", Spelling.hint(word, JsonSchemaWords.ALL));
    } else if (JsonSchemaWords.ONE.contains(word)) {
      check(value);
    } else if (JsonSchemaWords.SEVERAL.contains(word)) {
      several(word, value);
    } else if (JsonSchemaWords.NAMED.contains(word)) {
      named(word, value);
    } else {
      values.check(word, value);
      if (value instanceof Scalar scalar) {
        scalar(word, scalar);
      }
    }
  }

  private void several(String word, ConfigNode value) {
    if (value instanceof Listing schemas && !schemas.items().isEmpty()) {
      schemas.items().forEach(this::check);
    } else {
      problems.add(value.origin(), "'" + word + "' must be a list of schemas.", "");
    }
  }

  private void named(String word, ConfigNode value) {
    if (value instanceof Section schemas) {
      if (word.equals(BY_PATTERN)) {
        schemas.entries().forEach((pattern, entry) -> pattern(entry.key(), pattern));
      }
      schemas.entries().values().forEach(each -> check(each.value()));
    } else {
      problems.add(value.origin(), "'" + word + "' must hold schemas by name.", "");
    }
  }

  private void scalar(String word, Scalar value) {
    if (word.equals(JsonSchemaWords.PATTERN)) {
      pattern(value.origin(), value.text());
    } else if (word.equals(JsonSchemaWords.SCHEMA)) {
      dialect(value);
    } else if (REFERENCES.contains(word) && !local(value.text()) && !allowed(value.text())) {
      problems.add(
          value.origin(),
          "The contract refers to " + value.text() + ", which is outside of it.",
          "Copy it below '$defs', or allow it: x-firn: {remote-refs: [" + value.text() + "]}.");
    }
  }

  static boolean local(String reference) {
    return reference.startsWith("#");
  }

  private boolean allowed(String reference) {
    return remote.stream().anyMatch(reference::startsWith);
  }

  private void dialect(Scalar value) {
    String plain = value.text().endsWith("#") ? value.text().replace("#", "") : value.text();
    if (!plain.equals(JsonSchemaWords.DIALECT)) {
      problems.add(
          value.origin(),
          "The schema is of " + value.text() + ".",
          "Write it for " + JsonSchemaWords.DIALECT + ".");
    }
  }

  private void pattern(Origin place, String pattern) {
    Patterns.mistake(pattern)
        .ifPresent(
            mistake ->
                problems.add(
                    place,
                    "The pattern is no regular expression: " + mistake + ".",
                    Patterns.HINT));
  }

  private void bounds(Section schema) {
    for (Map.Entry<String, String> pair : JsonSchemaWords.PAIRS.entrySet()) {
      ConfigNode low = schema.value(pair.getKey()).orElse(null);
      ConfigNode high = schema.value(pair.getValue()).orElse(null);
      if (low instanceof Scalar least
          && high instanceof Scalar most
          && NUMBER.matcher(least.text()).matches()
          && NUMBER.matcher(most.text()).matches()
          && new BigDecimal(least.text()).compareTo(new BigDecimal(most.text())) > 0) {
        problems.add(
            most.origin(),
            "Nothing can keep both %s %s and %s %s."
                .formatted(pair.getKey(), least.text(), pair.getValue(), most.text()),
            "Make " + pair.getKey() + " the smaller one.");
      }
    }
  }
}
