package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The words of contracts, and their JSON Schema. */
final class ContractKeys {
  /** In a resource: a contract, or the path of its file. In a contract: its name. */
  static final String CONTRACT = "contract";

  static final String ON_VIOLATION = "on-violation";
  static final String MAX_BAD_ROWS = "max-bad-rows";
  static final String VALIDATORS = "validators";
  static final Set<String> TOP =
      Set.of(
          CONTRACT,
          SpecKeys.VERSION,
          SpecKeys.EVOLUTION,
          ON_VIOLATION,
          MAX_BAD_ROWS,
          SpecKeys.COLUMNS,
          VALIDATORS,
          ChecksSection.CHECKS);

  static final String REQUIRED = "required";
  static final String MIN = "min";
  static final String MAX = "max";
  static final String EXCLUSIVE_MIN = "exclusive-min";
  static final String EXCLUSIVE_MAX = "exclusive-max";
  static final String MIN_LENGTH = "min-length";
  static final String MAX_LENGTH = "max-length";
  static final String PATTERN = "pattern";
  static final String ENUM = "enum";
  static final String UNIQUE = "unique";
  static final String FORMAT = "format";

  /** Each says one rule of a column. */
  static final Set<String> RULES =
      Set.of(
          REQUIRED,
          MIN,
          MAX,
          EXCLUSIVE_MIN,
          EXCLUSIVE_MAX,
          MIN_LENGTH,
          MAX_LENGTH,
          PATTERN,
          ENUM,
          UNIQUE,
          FORMAT);

  static final Set<String> COLUMN = column();

  /** In a rule with keys of its own: what it asks for. */
  static final String VALUE = "value";

  static final Set<String> RULE = Set.of(VALUE, MAX_BAD_ROWS, ON_VIOLATION);

  /** A part of all rows in percent. */
  static final String SHARE = "\\s*(100(\\.0{1,9})?|[0-9]{1,2}(\\.[0-9]{1,9})?)%\\s*";

  private static final String MANY_ROWS = "\\s*[0-9]{1,18}\\s*|" + SHARE;

  private ContractKeys() {}

  private static Set<String> column() {
    Set<String> keys = new HashSet<>(RULES);
    keys.addAll(Set.of(SpecKeys.TYPE, MAX_BAD_ROWS, ON_VIOLATION));
    return Set.copyOf(keys);
  }

  /** The schema of a contract below a resource. */
  static ObjectNode schema(ObjectNode evolution) {
    Map<String, ObjectNode> column = new HashMap<>();
    column.put(SpecKeys.TYPE, SchemaParts.dataType());
    ruleValues().forEach((rule, value) -> column.put(rule, rule(rule, value)));
    column.put(MAX_BAD_ROWS, SchemaParts.patternOrTemplate(MANY_ROWS));
    column.put(ON_VIOLATION, SchemaParts.words(OnViolation.class));
    ObjectNode rules =
        SchemaParts.anyOf(SchemaParts.dataType(), SchemaParts.section(COLUMN, column));
    Map<String, ObjectNode> top = new HashMap<>();
    top.put(CONTRACT, SchemaParts.text());
    top.put(SpecKeys.VERSION, SchemaParts.number(1, Integer.MAX_VALUE));
    top.put(SpecKeys.EVOLUTION, evolution);
    top.put(ON_VIOLATION, SchemaParts.words(OnViolation.class));
    top.put(MAX_BAD_ROWS, SchemaParts.patternOrTemplate(MANY_ROWS));
    top.put(SpecKeys.COLUMNS, SchemaParts.map(rules));
    top.put(VALIDATORS, validators());
    top.put(ChecksSection.CHECKS, ChecksSection.schema());
    return SchemaParts.section(TOP, top);
  }

  /** What each rule asks for. */
  private static Map<String, ObjectNode> ruleValues() {
    Map<String, ObjectNode> values = new HashMap<>();
    values.put(REQUIRED, SchemaParts.flag());
    for (String key : Set.of(MIN, MAX, EXCLUSIVE_MIN, EXCLUSIVE_MAX, PATTERN)) {
      values.put(key, SchemaParts.text());
    }
    values.put(MIN_LENGTH, SchemaParts.number(0, Integer.MAX_VALUE));
    values.put(MAX_LENGTH, SchemaParts.number(0, Integer.MAX_VALUE));
    values.put(ENUM, SchemaParts.someOrOne(SchemaParts.text()));
    values.put(
        UNIQUE, SchemaParts.anyOf(SchemaParts.flag(), SchemaParts.words(Rule.Unique.Scope.class)));
    values.put(FORMAT, SchemaParts.words(Rule.Format.Kind.class));
    return values;
  }

  /** What a rule asks for, or keys of its own with that among them. */
  private static ObjectNode rule(String rule, ObjectNode value) {
    Map<String, ObjectNode> own = new HashMap<>();
    own.put(VALUE, value.deepCopy());
    own.put(MAX_BAD_ROWS, SchemaParts.patternOrTemplate(MANY_ROWS));
    own.put(ON_VIOLATION, SchemaParts.words(OnViolation.class));
    ObjectNode section = SchemaParts.section(RULE, own);
    if (!RuleSections.SAID_BY_THEMSELVES.contains(rule)) {
      section.putArray("required").add(VALUE);
    }
    return SchemaParts.anyOf(value, section);
  }

  /** Each has a type and keys that only it knows. */
  private static ObjectNode validators() {
    ObjectNode validator = SchemaParts.any().put("type", "object");
    validator.putArray("required").add(SpecKeys.TYPE);
    ObjectNode properties = validator.putObject("properties");
    properties.set(SpecKeys.TYPE, SchemaParts.text());
    properties.set(ON_VIOLATION, SchemaParts.words(OnViolation.class));
    return SchemaParts.oneOrMore(validator);
  }
}
