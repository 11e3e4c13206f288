package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.OnViolation;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one section as typed values; what is wrong becomes a problem at its place. */
final class Fields {
  private final String what;
  private final Section section;
  private final Problems problems;

  /**
   * @param what names the section in messages, such as {@code resource 'orders'}
   */
  Fields(String what, Section section, Problems problems) {
    this.what = what;
    this.section = section;
    this.problems = problems;
  }

  String what() {
    return what;
  }

  Origin origin() {
    return section.origin();
  }

  /** Where the key stands, or its section when it is absent. */
  Origin origin(String key) {
    ConfigNode.Entry entry = section.entries().get(key);
    return entry == null ? section.origin() : entry.value().origin();
  }

  Set<String> keys() {
    return section.entries().keySet();
  }

  /** Notes every key that is not among these. */
  void onlyKeys(Collection<String> known) {
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                problems.add(
                    entry.key(),
                    "Unknown key '" + key + "' in " + what + ".",
                    Spelling.hint(key, known));
              }
            });
  }

  Optional<ConfigNode> node(String key) {
    return section.value(key);
  }

  Optional<String> text(String key) {
    return node(key).flatMap(node -> scalar(key, node));
  }

  /** A word or other text that a parser understands; its refusal is a problem at this key. */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    return text(key).flatMap(text -> parsed(parser, text, origin(key)));
  }

  private <T> Optional<T> parsed(Function<String, T> parser, String text, Origin origin) {
    try {
      return Optional.of(parser.apply(text));
    } catch (FirnException refused) {
      problems.add(origin, refused);
      return Optional.empty();
    }
  }

  /** A constant of an enum; {@code -} equals {@code _}. */
  <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
    return text(key).flatMap(text -> constant(key, words, text));
  }

  private <E extends Enum<E>> Optional<E> constant(String key, Class<E> words, String text) {
    Set<String> known = new TreeSet<>();
    for (E each : words.getEnumConstants()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      if (word.equals(text.strip().toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return Optional.of(each);
      }
      known.add(each instanceof OnViolation said ? said.word() : word);
    }
    problems.add(
        origin(key),
        "'" + text + "' is no value of '" + key + "' in " + what + ".",
        "Use one of: " + String.join(", ", known) + ".");
    return Optional.empty();
  }

  Optional<Boolean> flag(String key) {
    return text(key).flatMap(text -> flag(key, text));
  }

  private Optional<Boolean> flag(String key, String text) {
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(text.equals("true"));
    }
    expected(key, text, "true or false");
    return Optional.empty();
  }

  /**
   * A whole number within bounds; {@code 64KiB}, {@code 2MB} and the like where bytes are meant.
   */
  Optional<Long> number(String key, long least, long most) {
    Optional<Long> number = text(key).flatMap(text -> number(key, text));
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      expected(
          key,
          number.get().toString(),
          least == most ? "" + least : "a number from " + least + " to " + most);
      return Optional.empty();
    }
    return number;
  }

  private Optional<Long> number(String key, String text) {
    try {
      return Optional.of(isSize(key) ? Sizes.parse(text) : Long.parseLong(text));
    } catch (NumberFormatException | ArithmeticException wrong) {
      expected(key, text, isSize(key) ? "a size such as 64MiB" : "a whole number");
      return Optional.empty();
    }
  }

  private static boolean isSize(String key) {
    return key.endsWith("-bytes") || key.endsWith("-size");
  }

  private void expected(String key, String found, String expected) {
    problems.add(
        origin(key),
        "'" + key + "' in " + what + " is '" + found + "', expected " + expected + ".",
        "");
  }

  /** One text or several. */
  List<String> texts(String key) {
    return node(key).map(node -> texts(key, node)).orElse(List.of());
  }

  private List<String> texts(String key, ConfigNode node) {
    List<ConfigNode> items = node instanceof Listing listing ? listing.items() : List.of(node);
    List<String> texts = new ArrayList<>();
    items.forEach(item -> scalar(key, item).ifPresent(texts::add));
    return texts;
  }

  /** One text or several, each understood by a parser. */
  <T> List<T> parsedAll(String key, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    texts(key).forEach(text -> parsed(parser, text, origin(key)).ifPresent(values::add));
    return values;
  }

  private Optional<String> scalar(String key, ConfigNode node) {
    if (node instanceof Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    String hint = node instanceof Listing ? "Leave one of them, without brackets." : "";
    problems.add(node.origin(), "'" + key + "' in " + what + " must be one value.", hint);
    return Optional.empty();
  }

  /** A map of texts; an absent one is empty. */
  Map<String, String> map(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Optional<Fields> section = section(key, "'" + key + "' of " + what);
    section.ifPresent(
        written ->
            written
                .keys()
                .forEach(name -> written.text(name).ifPresent(text -> texts.put(name, text))));
    return texts;
  }

  /** A section below this one; empty when it is absent or not a section. */
  Optional<Fields> section(String key, String name) {
    return node(key).flatMap(node -> section(name, node));
  }

  /** A value as a section, or a problem. */
  Optional<Fields> section(String name, ConfigNode node) {
    if (node instanceof Section found) {
      return Optional.of(new Fields(name, found, problems));
    }
    problems.add(node.origin(), "Expected keys with values in " + name + ".", "");
    return Optional.empty();
  }

  /** One section or several; what is none becomes a problem. */
  List<Fields> listed(String key, String name) {
    ConfigNode node = node(key).orElse(null);
    if (node == null) {
      return List.of();
    }
    List<ConfigNode> items = node instanceof Listing listing ? listing.items() : List.of(node);
    List<Fields> sections = new ArrayList<>();
    items.forEach(item -> section(name, item).ifPresent(sections::add));
    return sections;
  }

  /** The sections that this one holds by name; a name without a value is an empty section. */
  Map<String, Fields> named(String key, String kind) {
    Map<String, Fields> sections = new LinkedHashMap<>();
    ConfigNode node = node(key).orElse(null);
    for (Map.Entry<String, ConfigNode.Entry> entry : members(key, node).entrySet()) {
      String name = kind + " '" + entry.getKey() + "'";
      ConfigNode value = entry.getValue().value();
      ConfigNode filled =
          value instanceof Scalar scalar && scalar.isNull()
              ? Section.empty(entry.getValue().key())
              : value;
      section(name, filled).ifPresent(fields -> sections.put(entry.getKey(), fields));
    }
    return sections;
  }

  private Map<String, ConfigNode.Entry> members(String key, @Nullable ConfigNode node) {
    if (node instanceof Listing listing) {
      Map<String, ConfigNode.Entry> members = new LinkedHashMap<>();
      texts(key, listing)
          .forEach(
              name ->
                  members.put(
                      name, new ConfigNode.Entry(node.origin(), Section.empty(node.origin()))));
      return members;
    }
    if (node == null) {
      return Map.of();
    }
    return section(key, node).map(fields -> fields.section.entries()).orElse(Map.of());
  }

  /** The keys not among those given, as JSON. */
  ObjectNode others(Collection<String> understood) {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (!understood.contains(key)) {
                others.set(key, Scalars.toJson(entry.value()));
              }
            });
    return others;
  }

  /** Whether nothing is wrong in the section's file so far. */
  boolean sound() {
    return !problems.in(section.origin().where());
  }

  void problem(Origin origin, FirnException failure) {
    problems.add(origin, failure);
  }

  void problem(Origin origin, String message, String hint) {
    problems.add(origin, message, hint);
  }
}
