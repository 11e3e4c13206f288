package dev.firn.internal.yaml;

import dev.firn.contract.Rule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keywords of JSON Schema 2020-12, by what their values are. */
final class JsonSchemaWords {
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  static final String SCHEMA = "$schema";
  static final String REF = "$ref";
  static final String DEFS = "$defs";
  static final String TITLE = "title";
  static final String TYPE = "type";
  static final String PROPERTIES = "properties";
  static final String REQUIRED = "required";
  static final String ENUM = "enum";
  static final String CONST = "const";
  static final String FORMAT = "format";
  static final String PATTERN = "pattern";
  static final String ENCODING = "contentEncoding";
  static final String ITEMS = "items";

  /**
   * What only Firn understands: in the root keys of the contract, in a property those of a column.
   */
  static final String FIRN = "x-firn";

  static final String OBJECT = "object";
  static final String ARRAY = "array";
  static final String STRING = "string";
  static final String INTEGER = "integer";
  static final String NUMBER = "number";
  static final String BOOLEAN = "boolean";
  static final String NULL = "null";

  /** Anything but null. */
  static final Set<String> PRESENT = Set.of(OBJECT, ARRAY, STRING, INTEGER, NUMBER, BOOLEAN);

  /** Keywords for what a column's rule says, with its key in a contract. */
  static final Map<String, String> RULES =
      Map.of(
          "minimum",
          ContractKeys.MIN,
          "maximum",
          ContractKeys.MAX,
          "exclusiveMinimum",
          ContractKeys.EXCLUSIVE_MIN,
          "exclusiveMaximum",
          ContractKeys.EXCLUSIVE_MAX,
          "minLength",
          ContractKeys.MIN_LENGTH,
          "maxLength",
          ContractKeys.MAX_LENGTH,
          PATTERN,
          ContractKeys.PATTERN);

  /** Formats of the standard that are neither types nor rules of columns. */
  static final Set<String> OTHER_FORMATS =
      Set.of(
          "duration",
          "idn-email",
          "idn-hostname",
          "iri",
          "iri-reference",
          "uri-reference",
          "uri-template",
          "json-pointer",
          "relative-json-pointer",
          "regex");

  /** Formats that are parts of types. */
  static final Set<String> TYPE_FORMATS =
      Set.of("date-time", "date", "time", "uuid", "int32", "int64", "float", "double");

  /** All that are known. */
  static final Set<String> FORMATS = formats();

  /** They say nothing of a value. */
  static final Set<String> NOTES =
      Set.of(
          SCHEMA,
          "$id",
          "$comment",
          "$vocabulary",
          TITLE,
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly");

  /** Their value is one schema. */
  static final Set<String> ONE =
      Set.of(
          ITEMS,
          "contains",
          "additionalProperties",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema",
          "not",
          "if",
          "then",
          "else");

  /** Their value is a list of schemas. */
  static final Set<String> SEVERAL = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

  /** Their value holds schemas by name. */
  static final Set<String> NAMED =
      Set.of(PROPERTIES, "patternProperties", "dependentSchemas", DEFS, "definitions");

  /** Lower and upper bounds of one thing. */
  static final Map<String, String> PAIRS =
      Map.of(
          "minimum", "maximum",
          "minLength", "maxLength",
          "minItems", "maxItems",
          "minContains", "maxContains",
          "minProperties", "maxProperties");

  private static final Set<String> OTHERS =
      Set.of(
          REF,
          "$anchor",
          "$dynamicRef",
          "$dynamicAnchor",
          TYPE,
          REQUIRED,
          ENUM,
          CONST,
          FORMAT,
          ENCODING,
          "contentMediaType",
          "multipleOf",
          "uniqueItems",
          "dependentRequired");

  static final Set<String> ALL = all();

  private JsonSchemaWords() {}

  private static Set<String> formats() {
    Set<String> all = new TreeSet<>(TYPE_FORMATS);
    all.addAll(OTHER_FORMATS);
    for (Rule.Format.Kind kind : Rule.Format.Kind.values()) {
      all.add(kind.word());
    }
    return all;
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(OTHERS);
    all.addAll(RULES.keySet());
    all.addAll(NOTES);
    all.addAll(ONE);
    all.addAll(SEVERAL);
    all.addAll(NAMED);
    all.addAll(new TreeMap<>(PAIRS).keySet());
    all.addAll(PAIRS.values());
    return all;
  }
}
