package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three spellings of a contract are one model, and mistakes in each have their place. */
class ContractFileTest {
  private static final String YAML =
      """
      contract: raw_glucose_entries
      version: 1
      evolution: { columns: discard_value, data-type: freeze }
      on-violation: warn
      columns:
        _id:         { type: string, required: true, pattern: "^[a-f0-9]{24}$" }
        sgv:         { type: int, min: 20, max: 600, on-violation: null-value }
        date_string: { type: timestamp }
        direction:   { type: string, enum: [Flat, SingleUp] }
        trend:       { type: int, exclusive-min: -0.5, enum: [1, 2] }
        pump.name:
          type: string
          required: { on-violation: drop-row }
          min-length: 1
          max-length: { value: 9, on-violation: quarantine, max-bad-rows: 1% }
        pump.price:  "decimal(10,2)"
      """;

  private static final String JSON =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "raw_glucose_entries",
        "type": "object",
        "x-firn": {
          "version": 1,
          "evolution": {"columns": "discard_value", "data-type": "freeze"},
          "on-violation": "warn"
        },
        "properties": {
          "_id": {"type": "string", "pattern": "^[a-f0-9]{24}$"},
          "sgv": {"$ref": "#/$defs/sgv"},
          "date_string": {"type": "string", "format": "date-time"},
          "direction": {"enum": ["Flat", "SingleUp"]},
          "trend": {"type": ["integer", "null"], "exclusiveMinimum": -0.5, "enum": [1, 2, null]},
          "pump": {
            "type": "object",
            "properties": {
              "name": {
                "type": "string", "minLength": 1, "maxLength": 9,
                "x-firn": {
                  "required": {"on-violation": "drop-row"},
                  "max-length": {"on-violation": "quarantine", "max-bad-rows": "1%"}
                }
              },
              "price": {"type": "number", "x-firn": {"type": "decimal(10,2)"}}
            },
            "required": ["name"]
          }
        },
        "required": ["_id", "pump"],
        "$defs": {
          "sgv": {
            "type": "integer", "minimum": 20, "maximum": 600,
            "x-firn": {"on-violation": "null-value"}
          }
        }
      }
      """;

  record Pump(
      @Required
          @MinLength(1)
          @MaxLength(9)
          @WhenViolated(rule = "required", value = OnViolation.DROP_ROW)
          @WhenViolated(rule = "max-length", value = OnViolation.QUARANTINE, maxBadRows = "1%")
          String name,
      @Declared("decimal(10,2)") BigDecimal price) {}

  enum Direction {
    Flat,
    SingleUp
  }

  @Contract(
      name = "raw_glucose_entries",
      columns = ContractMode.DISCARD_VALUE,
      dataType = ContractMode.FREEZE,
      onViolation = OnViolation.WARN)
  record GlucoseEntry(
      @Required @Matches("^[a-f0-9]{24}$") String _id,
      @Min(20) @Max(600) @WhenViolated(OnViolation.NULL_VALUE) Integer sgv,
      Instant dateString,
      Direction direction,
      @Min(value = -0.5, exclusive = true) @OneOf({"1", "2"}) Long trend,
      Pump pump,
      List<String> notes) {}

  @Test
  void theThreeSpellingsAreOneContract() {
    SchemaContract yaml = ContractFile.parse("c.yaml", YAML);

    assertThat(ContractFile.parse("c.json", JSON)).isEqualTo(yaml);
    assertThat(ContractFile.of(GlucoseEntry.class)).isEqualTo(yaml);
    assertThat(yaml.validators()).isEmpty();
    assertThat(yaml.types()).containsEntry("date_string", Simple.TIMESTAMP).hasSize(7);
  }

  @Test
  void theSchemaThatAContractStandsForReadsBackToIt() {
    SchemaContract contract = ContractFile.parse("c.yaml", YAML);

    String compiled = ContractFile.jsonSchema(contract).toPrettyString();

    assertThat(ContractFile.parse("c.json", compiled)).isEqualTo(contract);
    assertThat(ContractFile.parse("c.yaml", ContractFile.yaml(contract))).isEqualTo(contract);
    assertThat(compiled).contains("\"required\" : [ \"_id\", \"pump\" ]", "\"minimum\" : 20");
  }

  @Test
  void whatColumnsCannotCheckIsLeftToAValidator() {
    SchemaContract contract =
        ContractFile.parse(
            "c.json",
            """
            {"properties": {"a": {"type": "integer", "minimum": 1, "multipleOf": 5},
                            "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}},
                            "tree": {"type": "array", "items": {"$ref": "#"}}},
             "oneOf": [{"required": ["b"]}, {"required": ["c"]}],
             "$defs": {"tag": {"minLength": 2}}}
            """);

    assertThat(contract.columns())
        .singleElement()
        .satisfies(column -> assertThat(column.rules()).hasSize(1));
    ValidatorSpec rest = contract.validators().get(0);
    assertThat(rest.type()).isEqualTo("json-schema");
    assertThat(rest.settings().at("/schema/properties/a").toString())
        .isEqualTo("{\"multipleOf\":5}");
    assertThat(rest.settings().at("/schema/properties/tree/items/$ref").asText())
        .isEqualTo("#/$defs/whole");
    assertThat(rest.settings().at("/schema/$defs/whole/properties/a/minimum").asInt()).isOne();
    assertThat(rest.settings().at("/schema/oneOf")).hasSize(2);
    String compiled = ContractFile.jsonSchema(contract).toPrettyString();
    assertThat(ContractFile.parse("c.json", compiled)).isEqualTo(contract);
  }

  @Test
  void aFormatIsATypeARuleOrLeftToTheValidator() {
    SchemaContract contract =
        ContractFile.parse(
            "c.json",
            """
            {"properties": {"at": {"type": "string", "format": "date-time"},
                            "mail": {"type": "string", "format": "email"},
                            "path": {"type": "string", "format": "json-pointer"}}}
            """);

    assertThat(contract.types()).containsEntry("at", Simple.TIMESTAMP);
    assertThat(contract.columns().get(1).rules())
        .containsExactly(new Rule.Format(Rule.Format.Kind.EMAIL));
    assertThat(contract.columns().get(2).rules()).isEmpty();
    assertThat(contract.validators().get(0).settings().at("/schema/properties").toString())
        .isEqualTo("{\"path\":{\"format\":\"json-pointer\"}}");
    String compiled = ContractFile.jsonSchema(contract).toPrettyString();
    assertThat(ContractFile.parse("c.json", compiled)).isEqualTo(contract);
  }

  @Test
  void aRequiredKeyThatMayBeNullIsNoMatterOfColumns() {
    SchemaContract contract =
        ContractFile.parse(
            "c.json",
            "{\"properties\": {\"a\": {\"type\": [\"string\", \"null\"]}}, \"required\": [\"a\", \"b\"]}");

    assertThat(contract.columns()).extracting(ColumnContract::column).containsExactly("a", "b");
    assertThat(contract.columns().get(0).rules()).isEmpty();
    assertThat(contract.columns().get(1).rules()).containsExactly(new Rule.Required());
    assertThat(contract.validators().get(0).settings().at("/schema/required/0").asText())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'properties': {'a': {'type': 'integer', 'minimun': 3}}}        | 1:42 | Unknown keyword 'minimun'",
        "{'properties': {'a': {'type': 'integer', 'minimum': 3, 'maximum': 2}}} | 1:67 | minimum 3 and maximum 2",
        "{'properties': {'a': {'type': 'string', 'pattern': '(a'}}}      | 1:52 | no regular expression",
        "{'properties': {'a': {'items': {'pattern': '(a'}}}}             | 1:44 | no regular expression",
        "{'properties': {'a': {'$ref': 'https://x.org/a.json'}}}         | 1:31 | outside of it",
        "{'properties': {'a': {'$ref': '#/$defs/b'}}}                    | 1:31 | nothing at #/$defs/b",
        "{'properties': {'a': {'$ref': '#/properties/a'}}}               | 1:31 | holds itself",
        "{'properties': {'a': {'type': 'object', 'properties': {'b': {'$ref': '#/properties/a'}}}}} | 1:70 | holds itself",
        "{'properties': {'a': {'type': 'string', 'minimum': 3}}}         | 1:52 | needs a type of numbers",
        "{'properties': {'a': {'enum': []}}}                             | 1:31 | allows no value",
        "{'properties': {'a': 3}}                                        | 1:22 | Expected a schema",
        "{'$schema': 'http://json-schema.org/draft-07/schema#'}          | 1:13 | is of http",
        "{'type': 'array', 'properties': {}}                             | 1:10 | of objects",
        "{'properties': {'a': {'type': 'string'}, 'a': {}}}              | 1:42 | here twice",
        "{'properties': {'a': ]                                          | 1:22 | Not valid JSON",
        "{'properties': {'a': {}}, 'x-firn': {'on-violation': 'no'}}     | 1:54 | no value of 'on-violation'",
      })
  void aMistakeInASchemaHasItsPlace(String json, String place, String message) {
    assertThatThrownBy(() -> ContractFile.parse("c.json", json.replace('\'', '"')))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("c.json:" + place.strip() + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void anAllowedRemoteSchemaIsLeftToTheValidator() {
    SchemaContract contract =
        ContractFile.parse(
            "c.json",
            """
            {"properties": {"a": {"$ref": "https://x.org/a.json"}},
             "x-firn": {"remote-refs": ["https://x.org/"]}}
            """);

    assertThat(contract.validators().get(0).settings().at("/remote-refs/0").asText())
        .isEqualTo("https://x.org/");
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 20_000})
  void aSchemaThatIsTooDeepIsAMistake(int depth) {
    String json = "{\"properties\":".repeat(depth) + "1" + "}".repeat(depth);

    assertThatThrownBy(() -> ContractFile.parse("c.json", json))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("Not valid JSON");
  }

  @Test
  void aBombOfAliasesIsAMistake() {
    StringBuilder bomb = new StringBuilder("columns: {a: &a0 {type: long}}\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("x%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }

    assertThatThrownBy(() -> ContractFile.parse("c.yaml", bomb.toString()))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("c.yaml:18:24: Not valid YAML: it has more than 50 aliases");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "columns: {a: &a {type: *a}}                         | 1:24 | inside of what it repeats",
        "columns: {a: {min: {value: 3, on-violaton: warn}}}  | 1:31 | Unknown key 'on-violaton'",
        "columns: {a: {type: long, min: {on-violation: warn}}} | 1:32 | No 'value' in 'min'",
        "columns: {a: {type: long, min: {value: x}}}         | 1:40 | 'x' is no number",
        "columns: {a: {type: long, min: {value: 3, max-bad-rows: 200%}}} | 1:57 | no number of rows",
        "columns: {a: {type: long, min: {value: 3}, max: {value: 2}}} | 1:57 | both min 3 and max 2",
      })
  void aMistakeInYamlHasItsPlace(String yaml, String place, String message) {
    assertThatThrownBy(() -> ContractFile.parse("c.yaml", yaml))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("c.yaml:" + place + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void whatIsTooDeepOrTooMuchHasItsPlace() {
    String deep = "columns:\n  a: " + "[".repeat(3000) + "]".repeat(3000);
    String unfolding =
        "a: &a ["
            + "x, ".repeat(400)
            + "x]\nb: &b ["
            + "*a, ".repeat(19)
            + "*a]\nc: ["
            + "*b, ".repeat(19)
            + "*b]";
    String json = "{\"properties\":\n" + "{\"a\":".repeat(300) + "1" + "}".repeat(301);

    assertThatThrownBy(() -> ContractFile.parse("c.yaml", deep))
        .hasMessageContaining("c.yaml:2:53: Not valid YAML: it is nested deeper than 50 levels.");
    assertThatThrownBy(() -> ContractFile.parse("c.yaml", unfolding))
        .hasMessageContaining("c.yaml:3:1: Not valid YAML: aliases unfold to more than 100000");
    assertThatThrownBy(() -> ContractFile.parse("c.json", json))
        .hasMessageContaining("Not valid JSON: Document nesting depth (201)")
        .hasMessageContaining("c.json:2:");
  }

  @Test
  void aPatternOfEndlessGroupsIsAMistake() {
    String pattern = "(".repeat(20_000) + "a" + ")".repeat(20_000);

    assertThatThrownBy(
            () ->
                ContractFile.parse(
                    "c.yaml", "columns: {a: {type: text, pattern: '" + pattern + "'}}"))
        .hasMessageContaining("c.yaml:1:36: ")
        .hasMessageContaining("groups inside of each other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'properties': {'a': {'type': 'array', 'items': {'$dynamicRef': 'http://x.org/y'}}}} | 1:65",
        "{'properties': {'a': {'type': 'strng'}}}                              | 1:31",
        "{'properties': {'a': {'type': ['integer', 'strng']}}}                 | 1:43",
        "{'properties': {'a': {'items': {'type': 'itn'}}}}                     | 1:41",
        "{'properties': {'a': {'items': {'minimum': 'x'}}}}                    | 1:44",
        "{'properties': {'a': {'items': {'minLength': -1}}}}                   | 1:46",
        "{'properties': {'a': {'multipleOf': 0}}}                              | 1:37",
        "{'properties': {'a': {'type': 'integer'}}, 'required': 'a'}           | 1:56",
        "{'properties': {'a': {'items': {'format': 'emial'}}}}                 | 1:43",
        "{'properties': {'a': {'enum': 'x'}}}                                  | 1:31",
        "{'properties': {'a': {'items': {'uniqueItems': 'yes'}}}}              | 1:48",
        "{'properties': {}, 'dependentRequired': {'a': 'b'}}                   | 1:47",
        "{'properties': {}, 'patternProperties': {'(a': {}}}                                 | 1:42",
        "{'properties': {'a': {'type': 'string', 'x-firn': {'min': {'on-violation': 'warn'}}}}} | 1:59",
      })
  void whatIsNoRuleOfAColumnHasItsPlaceToo(String json, String place) {
    assertThatThrownBy(() -> ContractFile.parse("c.json", json.replace('\'', '"')))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("c.json:" + place + ": ");
  }

  @Contract
  record Contradictory(@Min(3) @Max(2) int a, @Min(1) String b, Map<String, String> c) {}

  record NoContract(int a) {}

  @Contract
  record Endless(Endless next) {}

  @Test
  void aMistakeInARecordNamesItsComponent() {
    assertThatThrownBy(() -> ContractFile.of(Contradictory.class))
        .hasMessageContaining("Contradictory.a: No value of column 'a' can keep both min 3 and max")
        .hasMessageContaining("Contradictory.b: 'min' in column 'b' needs a type of numbers");
    assertThatThrownBy(() -> ContractFile.of(NoContract.class))
        .hasMessageContaining("NoContract: It is no record with @Contract");
    assertThatThrownBy(() -> ContractFile.of(Endless.class)).hasMessageContaining("holds itself");
  }
}
