package dev.firn.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.contract.Validator;
import dev.firn.contract.Validator.Finding;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JSON Schema finds in a record, in the words of a contract. */
class JsonSchemaValidatorTest {
  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Validator open(String schema) {
    return new JsonSchemaProvider().open(json("{'schema': " + schema + "}"));
  }

  private static List<Finding> findings(String schema, String record) {
    try (Validator validator = open(schema)) {
      return validator.validate(json(record));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'properties': {'a': {'multipleOf': 5}}}                   | {'a': 7}             | a     | multipleOf 5 | 7",
        "{'properties': {'t': {'items': {'minLength': 2}}}}         | {'t': ['x', 'x']}    | t[]   | minLength 2  | \"x\"",
        "{'properties': {'o': {'required': ['p']}}}                 | {'o': {}}            | o.p   | required     | {}",
        "{'if': {'required': ['a']}, 'then': {'required': ['b']}}   | {'a': 1}             | b     | required     | {\"a\":1}",
        "{'properties': {'a': {'format': 'json-pointer'}}}          | {'a': 'x'}           | a     | format json-pointer | \"x\"",
        "{'properties': {'t': {'items': {'format': 'ipv4'}}}}       | {'t': ['300.1.1.1']} | t[]   | format ipv4  | \"300.1.1.1\"",
        "{'additionalProperties': false, 'properties': {'a': {}}}   | {'b': 1}             | ~~    | additionalProperties false | {\"b\":1}",
        "{'properties': {'a': {'pattern': '^(a+)+$'}}}              | {'a': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'} | a | pattern ^(a+)+$ | \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
      })
  void aBrokenRuleIsToldWithItsPlaceAndValue(
      String schema, String record, String path, String rule, String value) {
    assertThat(findings(schema, record)).containsExactly(new Finding(path, rule, value));
  }

  @Test
  void aRecordThatKeepsAllHasNoFindings() {
    assertThat(findings("{'oneOf': [{'required': ['a']}, {'required': ['b']}]}", "{'a': 1}"))
        .isEmpty();
    assertThat(findings("{'properties': {'a': {'type': 'integer'}}}", "{'a': 3.0}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'$ref': 'https://127.0.0.1:1/x.json'}   | cannot be used",
        "{'$ref': 'file:///etc/passwd'}           | cannot be used",
        "{'$ref': '#/$defs/none'}                 | cannot be used",
        "{'allOf': [{'$ref': '#'}]}               | without end",
        "3                                        | has no schema",
      })
  void aSchemaThatCannotBeUsedIsRefusedBeforeDataIsRead(String schema, String message) {
    assertThatThrownBy(() -> open(schema))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining(message);
  }
}
