package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.JsonSchemaReader.entry;
import static dev.firn.internal.yaml.JsonSchemaReader.text;
import static dev.firn.internal.yaml.JsonSchemaWords.BOOLEAN;
import static dev.firn.internal.yaml.JsonSchemaWords.CONST;
import static dev.firn.internal.yaml.JsonSchemaWords.ENCODING;
import static dev.firn.internal.yaml.JsonSchemaWords.ENUM;
import static dev.firn.internal.yaml.JsonSchemaWords.FIRN;
import static dev.firn.internal.yaml.JsonSchemaWords.FORMAT;
import static dev.firn.internal.yaml.JsonSchemaWords.INTEGER;
import static dev.firn.internal.yaml.JsonSchemaWords.NULL;
import static dev.firn.internal.yaml.JsonSchemaWords.NUMBER;
import static dev.firn.internal.yaml.JsonSchemaWords.OBJECT;
import static dev.firn.internal.yaml.JsonSchemaWords.PRESENT;
import static dev.firn.internal.yaml.JsonSchemaWords.STRING;
import static dev.firn.internal.yaml.JsonSchemaWords.TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import dev.firn.schema.DataType.Simple;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The schema of one property, as far as a column can say it. */
final class JsonSchemaColumn {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private final Section schema;
  private final Set<String> types = new LinkedHashSet<>();
  private final boolean nullable;

  JsonSchemaColumn(Section schema) {
    this.schema = schema;
    schema
        .value(TYPE)
        .ifPresent(
            node -> {
              List<ConfigNode> words = node instanceof Listing all ? all.items() : List.of(node);
              words.forEach(word -> types.add(word instanceof Scalar one ? one.text() : "?"));
            });
    boolean typed = !types.isEmpty();
    this.nullable = types.remove(NULL) || !typed;
    if (types.equals(PRESENT)) {
      types.clear();
    }
  }

  /** Whether null is a value; where no type is given, everything is. */
  boolean nullable() {
    return nullable;
  }

  /** Whether its properties are columns. */
  boolean nested() {
    return types.equals(Set.of(OBJECT)) && schema.section(JsonSchemaWords.PROPERTIES).isPresent();
  }

  /** Whether it is a column itself. */
  boolean scalar() {
    boolean one = types.size() == 1 && List.of(STRING, INTEGER, NUMBER, BOOLEAN).containsAll(types);
    return one || firn().value(SpecKeys.TYPE).isPresent() || (types.isEmpty() && free());
  }

  /** Nothing but notes, or a choice that tells the type. */
  private boolean free() {
    return chosen().isPresent() || (rest().entries().isEmpty() && ruleless());
  }

  private boolean ruleless() {
    return JsonSchemaWords.RULES.keySet().stream().noneMatch(schema.entries()::containsKey)
        && !schema.entries().containsKey(ENUM)
        && !schema.entries().containsKey(CONST);
  }

  private Section firn() {
    return schema.section(FIRN).orElseGet(() -> Section.empty(schema.origin()));
  }

  /**
   * The column in a contract's short form.
   *
   * @param required where it says so
   */
  Section shortForm(Optional<Origin> required) {
    Map<String, Entry> rules = new LinkedHashMap<>();
    Origin place = schema.value(TYPE).map(ConfigNode::origin).orElse(schema.origin());
    type().ifPresent(word -> rules.put(SpecKeys.TYPE, entry(text(word, place))));
    required.ifPresent(
        origin -> rules.put(ContractKeys.REQUIRED, entry(new Scalar("true", Style.PLAIN, origin))));
    JsonSchemaWords.RULES.forEach(
        (word, rule) -> {
          Entry written = schema.entries().get(word);
          if (written != null) {
            rules.put(rule, written);
          }
        });
    chosen().ifPresent(values -> rules.put(ContractKeys.ENUM, entry(values)));
    if (!typeFormat() && !otherFormat()) {
      Optional.ofNullable(schema.entries().get(FORMAT)).ifPresent(each -> rules.put(FORMAT, each));
    }
    firn().entries().forEach((key, entry) -> rules.merge(key, entry, JsonSchemaColumn::withTerms));
    return new Section(rules, schema.origin());
  }

  /** What {@code x-firn} says of a rule goes beside what JSON Schema's own word asks for. */
  private static Entry withTerms(Entry rule, Entry own) {
    if (!(own.value() instanceof Section terms) || terms.value(ContractKeys.VALUE).isPresent()) {
      return own;
    }
    Map<String, Entry> all = new LinkedHashMap<>(terms.entries());
    all.put(ContractKeys.VALUE, rule);
    return new Entry(own.key(), new Section(all, terms.origin()));
  }

  /** What of it no column checks. */
  Section rest() {
    Map<String, Entry> rest = new LinkedHashMap<>(schema.entries());
    JsonSchemaWords.NOTES.forEach(rest::remove);
    JsonSchemaWords.RULES.keySet().forEach(rest::remove);
    Set.of(TYPE, ENCODING, FIRN).forEach(rest::remove);
    if (!otherFormat()) {
      rest.remove(FORMAT);
    }
    if (chosen().isPresent()) {
      rest.remove(ENUM);
      rest.remove(CONST);
    }
    return new Section(rest, schema.origin());
  }

  private Optional<String> type() {
    if (types.isEmpty()) {
      boolean whole =
          chosen().map(all -> all.items().stream().allMatch(JsonSchemaColumn::whole)).orElse(false);
      return chosen().map(all -> (whole ? Simple.LONG : Simple.STRING).word());
    }
    String format = format();
    String word =
        switch (types.iterator().next()) {
          case STRING -> textType(format);
          case INTEGER -> (format.equals("int32") ? Simple.INT32 : Simple.LONG).word();
          case NUMBER -> (format.equals("float") ? Simple.FLOAT : Simple.DOUBLE).word();
          default -> types.iterator().next();
        };
    return Optional.of(word);
  }

  private String textType(String format) {
    boolean base64 =
        schema.value(ENCODING).orElse(null) instanceof Scalar encoding
            && encoding.text().equals("base64");
    if (base64) {
      return Simple.BINARY.word();
    }
    return switch (format) {
      case "date-time" -> Simple.TIMESTAMP.word();
      case "date" -> Simple.DATE.word();
      case "time" -> Simple.TIME.word();
      case "uuid" -> Simple.UUID.word();
      default -> Simple.STRING.word();
    };
  }

  private String format() {
    return schema.value(FORMAT).orElse(null) instanceof Scalar word ? word.text() : "";
  }

  /** Whether the format is a part of the type. */
  private boolean typeFormat() {
    return JsonSchemaWords.TYPE_FORMATS.contains(format());
  }

  /** Whether columns do not check the format, but the validator of JSON Schema does. */
  private boolean otherFormat() {
    return JsonSchemaWords.OTHER_FORMATS.contains(format());
  }

  /** The values to choose from but null, if a column's rule can say them. */
  private Optional<Listing> chosen() {
    ConfigNode one =
        schema.entries().containsKey(CONST) ? schema.entries().get(CONST).value() : null;
    ConfigNode node = one != null ? one : schema.value(ENUM).orElse(null);
    if (node == null || (one != null && schema.value(ENUM).isPresent())) {
      return Optional.empty();
    }
    List<ConfigNode> all = node instanceof Listing list ? list.items() : List.of(node);
    List<ConfigNode> values =
        all.stream().filter(item -> !(item instanceof Scalar s && s.isNull())).toList();
    boolean texts = values.stream().allMatch(JsonSchemaColumn::quoted);
    boolean wholes = values.stream().allMatch(JsonSchemaColumn::whole);
    boolean fits =
        (types.isEmpty() && (texts || wholes))
            || (types.equals(Set.of(STRING)) && texts)
            || (types.equals(Set.of(INTEGER)) && wholes);
    return fits && !values.isEmpty()
        ? Optional.of(new Listing(values, node.origin()))
        : Optional.empty();
  }

  private static boolean quoted(ConfigNode node) {
    return Scalars.toJson(node).isTextual();
  }

  private static boolean whole(ConfigNode node) {
    JsonNode value = Scalars.toJson(node);
    return value.isIntegralNumber() && WHOLE.matcher(value.asText()).matches();
  }
}
