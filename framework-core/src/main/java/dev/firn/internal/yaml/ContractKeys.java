package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import java.util.HashMap;
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
  static final Set<String> COLUMN =
      Set.of(
          SpecKeys.TYPE,
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
          FORMAT,
          MAX_BAD_ROWS,
          ON_VIOLATION);

  private static final String MANY_ROWS =
      "\\s*([0-9]{1,18}|(100(\\.0{1,9})?|[0-9]{1,2}(\\.[0-9]{1,9})?)%)\\s*";

  private ContractKeys() {}

  /** The schema of a contract below a resource. */
  static ObjectNode schema(ObjectNode evolution) {
    Map<String, ObjectNode> column = new HashMap<>();
    column.put(SpecKeys.TYPE, SchemaParts.dataType());
    column.put(REQUIRED, SchemaParts.flag());
    for (String key : Set.of(MIN, MAX, EXCLUSIVE_MIN, EXCLUSIVE_MAX, PATTERN)) {
      column.put(key, SchemaParts.text());
    }
    column.put(MIN_LENGTH, SchemaParts.number(0, Integer.MAX_VALUE));
    column.put(MAX_LENGTH, SchemaParts.number(0, Integer.MAX_VALUE));
    column.put(ENUM, SchemaParts.someOrOne(SchemaParts.text()));
    column.put(
        UNIQUE, SchemaParts.anyOf(SchemaParts.flag(), SchemaParts.words(Rule.Unique.Scope.class)));
    column.put(FORMAT, SchemaParts.words(Rule.Format.Kind.class));
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
