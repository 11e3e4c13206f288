package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.load.WriteDisposition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pieces of the JSON Schema of {@code pipeline.yaml}: one for each kind of value. */
final class SchemaParts {
  /** A template, whatever the value will be; the next dollar sign may only close it. */
  private static final String TEMPLATE = "\\$\\{[^}]*\\}";

  private static final String CALL =
      "(identity|year|month|day|hour)\\s*\\([^(),]+\\)|(bucket|truncate)\\s*\\(\\s*[0-9]+\\s*,[^(),]+\\)";
  private static final String DECIMAL =
      "decimal\\s*\\(\\s*([1-9]|[12][0-9]|3[0-8])\\s*,\\s*[0-9]{1,2}\\s*\\)";
  private static final String PLAIN_TYPE =
      "bool|boolean|int|int32|integer|bigint|long|float|double|decimal|date|time|timestamp|timestamp_ntz|string|text|binary|uuid|json";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaParts() {}

  static ObjectNode any() {
    return JSON.objectNode();
  }

  /** One value: YAML writes numbers and booleans like text. */
  static ObjectNode text() {
    ObjectNode node = JSON.objectNode();
    ArrayNode types = node.putArray("type");
    List.of("string", "number", "boolean").forEach(types::add);
    return node;
  }

  static ObjectNode pattern(String pattern) {
    return text().put("pattern", "^(" + pattern + ")$");
  }

  /** A text like this, never a number. */
  static ObjectNode spelled(String pattern) {
    ObjectNode text = JSON.objectNode().put("type", "string").put("pattern", "^(" + pattern + ")$");
    return anyOf(text, template());
  }

  static ObjectNode patternOrTemplate(String pattern) {
    return anyOf(pattern(pattern), template());
  }

  private static ObjectNode template() {
    return JSON.objectNode().put("type", "string").put("pattern", TEMPLATE);
  }

  static ObjectNode name() {
    return patternOrTemplate(SpecReader.NAME.pattern());
  }

  static ObjectNode tableName() {
    String part = "[^\\s.\"!?;:,(){}]+|\"([^\"]|\"\")+\"";
    return patternOrTemplate("(" + part + ")(\\.(" + part + "))*");
  }

  static ObjectNode flag() {
    return anyOf(JSON.objectNode().put("type", "boolean"), pattern("true|false"), template());
  }

  static ObjectNode number(long least, long most) {
    ObjectNode range =
        JSON.objectNode().put("type", "integer").put("minimum", least).put("maximum", most);
    return anyOf(
        range, JSON.objectNode().put("type", "string").put("pattern", "^[0-9]+$"), template());
  }

  static ObjectNode size(long least, long most) {
    ObjectNode range =
        JSON.objectNode().put("type", "integer").put("minimum", least).put("maximum", most);
    ObjectNode spelled =
        JSON.objectNode()
            .put("type", "string")
            .put("pattern", "^\\s*[0-9]+\\s*([bB]|[kKmMgG][iI]?[bB])?\\s*$");
    return anyOf(range, spelled, template());
  }

  static ObjectNode words(Class<? extends Enum<?>> words) {
    return words(
        Arrays.stream(words.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  static ObjectNode words(List<String> words) {
    ObjectNode listed = JSON.objectNode();
    words.forEach(listed.putArray("enum")::add);
    ObjectNode hyphens = pattern(String.join("|", words).replace("_", "[-_]"));
    return anyOf(listed, hyphens, template());
  }

  static ObjectNode mode() {
    return words(Arrays.stream(ContractMode.values()).map(ContractMode::word).toList());
  }

  static ObjectNode disposition() {
    return words(Arrays.stream(WriteDisposition.values()).map(WriteDisposition::word).toList());
  }

  static ObjectNode dataType() {
    return patternOrTemplate(PLAIN_TYPE + "|" + DECIMAL);
  }

  static ObjectNode partitionField() {
    return patternOrTemplate("[^()]+|" + CALL);
  }

  static ObjectNode lag() {
    ObjectNode number = JSON.objectNode().put("type", "number").put("minimum", 0);
    String duration = "[0-9]+(\\.[0-9]+)?|([0-9]+\\s*(ms|s|m|h|d|w)\\s*)+|P[0-9A-Z.]+";
    ObjectNode spelled =
        JSON.objectNode().put("type", "string").put("pattern", "^(" + duration + ")$");
    return anyOf(number, spelled, template());
  }

  /** One value or a list of such. */
  static ObjectNode oneOrMore(ObjectNode item) {
    ObjectNode list = JSON.objectNode().put("type", "array");
    list.set("items", item);
    return anyOf(item, list);
  }

  /** As {@link #oneOrMore}, but a list is not empty. */
  static ObjectNode someOrOne(ObjectNode item) {
    ObjectNode either = oneOrMore(item);
    ((ObjectNode) either.get("anyOf").get(1)).put("minItems", 1);
    return either;
  }

  static ObjectNode anyOf(JsonNode... choices) {
    ObjectNode node = JSON.objectNode();
    ArrayNode all = node.putArray("anyOf");
    Arrays.asList(choices).forEach(all::add);
    return node;
  }

  /** Named things, each with this schema. */
  static ObjectNode map(ObjectNode value) {
    ObjectNode node = JSON.objectNode().put("type", "object");
    node.set("additionalProperties", value);
    return node;
  }

  /**
   * A section with exactly these keys.
   *
   * @param keys the keys that the code reads
   * @param values their schemas
   * @throws IllegalStateException when the two differ: a key was added to one of them only
   */
  static ObjectNode section(Set<String> keys, Map<String, ObjectNode> values) {
    if (!keys.equals(values.keySet())) {
      throw new IllegalStateException(keys + " are read, " + values.keySet() + " described");
    }
    ObjectNode node = JSON.objectNode().put("type", "object");
    ObjectNode properties = node.putObject("properties");
    new TreeMap<>(values).forEach(properties::set);
    return node.put("additionalProperties", false);
  }

  static ObjectNode reference(String definition) {
    return JSON.objectNode().put("$ref", "#/$defs/" + definition);
  }
}
