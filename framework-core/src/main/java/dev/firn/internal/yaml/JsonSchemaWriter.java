package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.JsonSchemaWords.FIRN;
import static dev.firn.internal.yaml.JsonSchemaWords.FORMAT;
import static dev.firn.internal.yaml.JsonSchemaWords.PROPERTIES;
import static dev.firn.internal.yaml.JsonSchemaWords.REQUIRED;
import static dev.firn.internal.yaml.JsonSchemaWords.TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.ValidatorSpec;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Writes a contract as the JSON Schema 2020-12 that it stands for. */
final class JsonSchemaWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SchemaContract contract;
  private final ObjectNode root = JSON.objectNode();

  private JsonSchemaWriter(SchemaContract contract) {
    this.contract = contract;
  }

  static ObjectNode write(SchemaContract contract) {
    return new JsonSchemaWriter(contract).schema();
  }

  private ObjectNode schema() {
    ObjectNode written = ContractWriter.write(contract);
    JsonNode columns = written.remove(SpecKeys.COLUMNS);
    written.remove(ContractKeys.VALIDATORS);
    root.put(JsonSchemaWords.SCHEMA, JsonSchemaWords.DIALECT);
    root.set(JsonSchemaWords.TITLE, written.remove(ContractKeys.CONTRACT));
    root.put(TYPE, JsonSchemaWords.OBJECT);
    root.set(FIRN, written);
    for (ColumnContract column : contract.columns()) {
      put(column, columns.path(column.column()));
    }
    contract.validators().forEach(this::put);
    return root;
  }

  /** What the validator of JSON Schema has goes back to where it came from. */
  private void put(ValidatorSpec validator) {
    ObjectNode firn = (ObjectNode) root.get(FIRN);
    JsonNode schema = validator.settings().path(JsonSchemaRest.SETTING);
    JsonNode remote = validator.settings().path(JsonSchemaRest.REMOTE_REFS);
    boolean merges =
        validator.type().equals(JsonSchemaRest.VALIDATOR)
            && validator.onViolation().isEmpty()
            && schema.isObject();
    if (!merges) {
      firn.withArray(ContractKeys.VALIDATORS).add(ContractWriter.validator(validator));
      return;
    }
    merge(root, schema.deepCopy());
    if (!remote.isMissingNode()) {
      firn.set(JsonSchemaRest.REMOTE_REFS, remote);
    }
  }

  private static void merge(ObjectNode into, JsonNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode there = into.get(field.getKey());
      if (there instanceof ObjectNode object && field.getValue().isObject()) {
        merge(object, field.getValue());
      } else if (there instanceof ArrayNode array && field.getValue().isArray()) {
        field.getValue().forEach(array::add);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private void put(ColumnContract column, JsonNode rules) {
    ObjectNode object = root;
    String[] keys = column.column().split("\\.", -1);
    boolean required = value(rules.path(ContractKeys.REQUIRED)).asBoolean();
    for (int i = 0; i < keys.length - 1; i++) {
      if (required) {
        require(object, keys[i]);
      }
      ObjectNode properties = object.withObjectProperty(PROPERTIES);
      ObjectNode inner = (ObjectNode) properties.get(keys[i]);
      object = inner == null ? properties.putObject(keys[i]) : inner;
      object.put(TYPE, JsonSchemaWords.OBJECT);
    }
    String name = keys[keys.length - 1];
    object.withObjectProperty(PROPERTIES).set(name, property(column, rules, required));
    if (required) {
      require(object, name);
    }
  }

  private static void require(ObjectNode object, String name) {
    ArrayNode names = object.withArrayProperty(REQUIRED);
    for (JsonNode each : names) {
      if (each.asText().equals(name)) {
        return;
      }
    }
    names.add(name);
  }

  private static ObjectNode property(ColumnContract column, JsonNode rules, boolean required) {
    ObjectNode node = JSON.objectNode();
    ObjectNode firn = JSON.objectNode();
    column
        .type()
        .ifPresentOrElse(type -> put(type, required, node, firn), () -> presence(required, node));
    for (Map.Entry<String, JsonNode> rule : rules.properties()) {
      JsonNode value = value(rule.getValue());
      switch (rule.getKey()) {
        case SpecKeys.TYPE, ContractKeys.REQUIRED -> {} // said already
        case ContractKeys.ENUM -> node.set(JsonSchemaWords.ENUM, choice(column, value, required));
        default -> put(rule.getKey(), value, node, firn);
      }
      if (rule.getValue() instanceof ObjectNode own) {
        terms(rule.getKey(), own, firn);
      }
    }
    if (!firn.isEmpty()) {
      node.set(FIRN, firn);
    }
    return node;
  }

  /** What a rule asks for. */
  private static JsonNode value(JsonNode rule) {
    return rule.isObject() ? rule.path(ContractKeys.VALUE) : rule;
  }

  /** What only the rule itself says of those that break it stands beside JSON Schema's own word. */
  private static void terms(String rule, ObjectNode own, ObjectNode firn) {
    ObjectNode terms = own.deepCopy();
    if (!firn.has(rule)) {
      terms.remove(ContractKeys.VALUE);
    }
    firn.set(rule, terms);
  }

  private static void presence(boolean required, ObjectNode node) {
    if (required) {
      ArrayNode types = node.putArray(TYPE);
      JsonSchemaWords.PRESENT.stream().sorted().forEach(types::add);
    }
  }

  private static void put(String rule, JsonNode value, ObjectNode node, ObjectNode firn) {
    for (Map.Entry<String, String> word : JsonSchemaWords.RULES.entrySet()) {
      if (word.getValue().equals(rule)) {
        boolean bound = !rule.equals(ContractKeys.PATTERN);
        node.set(word.getKey(), bound ? JSON.numberNode(new BigDecimal(value.asText())) : value);
        return;
      }
    }
    (rule.equals(FORMAT) ? node : firn).set(rule, value);
  }

  private static ArrayNode choice(ColumnContract column, JsonNode values, boolean required) {
    boolean whole = column.type().filter(Set.of(Simple.LONG, Simple.INT32)::contains).isPresent();
    ArrayNode choice = JSON.arrayNode();
    values.forEach(
        value -> {
          if (whole) {
            choice.add(Long.parseLong(value.asText()));
          } else {
            choice.add(value.asText());
          }
        });
    return required ? choice : choice.addNull();
  }

  private static void put(DataType type, boolean required, ObjectNode node, ObjectNode firn) {
    if (type instanceof DataType.Decimal) {
      word(JsonSchemaWords.NUMBER, required, node);
      firn.put(TYPE, type.word());
      return;
    }
    Simple simple = (Simple) type;
    switch (simple) {
      case BOOLEAN -> word(JsonSchemaWords.BOOLEAN, required, node);
      case INT32 -> word(JsonSchemaWords.INTEGER, required, node).put(FORMAT, "int32");
      case LONG -> word(JsonSchemaWords.INTEGER, required, node);
      case FLOAT -> word(JsonSchemaWords.NUMBER, required, node).put(FORMAT, "float");
      case DOUBLE -> word(JsonSchemaWords.NUMBER, required, node);
      case DATE -> word(JsonSchemaWords.STRING, required, node).put(FORMAT, "date");
      case TIME -> word(JsonSchemaWords.STRING, required, node).put(FORMAT, "time");
      case TIMESTAMP -> word(JsonSchemaWords.STRING, required, node).put(FORMAT, "date-time");
      case UUID -> word(JsonSchemaWords.STRING, required, node).put(FORMAT, "uuid");
      case STRING -> word(JsonSchemaWords.STRING, required, node);
      case BINARY ->
          word(JsonSchemaWords.STRING, required, node).put(JsonSchemaWords.ENCODING, "base64");
      case TIMESTAMP_NTZ -> {
        word(JsonSchemaWords.STRING, required, node);
        firn.put(TYPE, type.word());
      }
      case JSON -> {
        presence(required, node);
        firn.put(TYPE, type.word());
      }
    }
  }

  private static ObjectNode word(String type, boolean required, ObjectNode node) {
    if (required) {
      return node.put(TYPE, type);
    }
    node.putArray(TYPE).add(type).add(JsonSchemaWords.NULL);
    return node;
  }
}
