package dev.firn.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Typed reading of a settings object; mistakes become problems, and the key counts as absent. */
final class Keys {
  private final JsonNode node;
  private final Problems problems;

  Keys(JsonNode node, Problems problems) {
    this.node = node;
    this.problems = problems;
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      problems.add("expected keys and values, found " + node);
    }
  }

  static Keys none(Problems problems) {
    return new Keys(MissingNode.getInstance(), problems);
  }

  Keys inner(String key) {
    return new Keys(node.path(key), problems.in(key));
  }

  /** Complains of every other key. */
  void only(Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                problems.add("'" + key + "' is no key here; known: " + new TreeSet<>(known));
              }
            });
  }

  Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isContainerNode()) {
      problems.add(key + " is " + value + "; one text is expected");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  /** A list, or a single text as a list of one. */
  List<String> texts(String key) {
    return words(node.path(key));
  }

  static List<String> words(JsonNode value) {
    List<String> words = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> words.add(each.asText()));
    } else if (value.isValueNode() && !value.isNull()) {
      words.add(value.asText());
    }
    return words;
  }

  boolean has(String key) {
    return node.has(key);
  }

  Optional<Boolean> flag(String key) {
    return text(key)
        .flatMap(
            word ->
                switch (word.toLowerCase(Locale.ROOT)) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> {
                    problems.add(key + " is '" + word + "'; use true or false");
                    yield Optional.empty();
                  }
                });
  }

  Optional<Long> number(String key, long least, long most) {
    Optional<String> word = text(key);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(word.get());
      if (value >= least && value <= most) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of range is
    }
    problems.add(
        key + " is '" + word.get() + "'; a whole number from " + least + " on is expected");
    return Optional.empty();
  }

  /** A constant of an enum, spelled in lower case. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    Optional<String> word = text(key);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    for (E each : type.getEnumConstants()) {
      if (spelling(each).equals(word.get())) {
        return Optional.of(each);
      }
    }
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Keys::spelling).toList();
    problems.add(key + " is '" + word.get() + "'; use one of " + String.join(", ", known));
    return Optional.empty();
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
