package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firn.contract.ContractFile;
import dev.firn.error.FirnException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of contract files for editors, judged by a validator that is not ours. */
class ContractSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ContractFile.schema().toString());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "columns: {a: {type: int, minimum: 9}}           | 1:26",
        "columns: {a: {type: itn}}                       | 1:21",
        "columns: {a: itn}                               | 1:14",
        "columns: {a: {type: int, enum: []}}             | 1:32",
        "columns: {a: {type: int, required: maybe}}      | 1:36",
        "columns: {a: {type: string, max-length: -1}}    | 1:41",
        "{columns: {a: long}, on-violation: cry}         | 1:36",
        "{columns: {a: long}, max-bad-rows: 101%}        | 1:36",
        "{columns: {a: long}, version: 0}                | 1:31",
        "{columns: {a: long}, evolution: {colums: freeze}} | 1:34",
        "{columns: {a: long}, evolution: froze}          | 1:33",
        "{columns: {a: long}, colums: {}}                | 1:22",
        "version: 2                                      | 1:1",
        "columns: {a: {type: int, unique: twice}}        | 1:34",
        "columns: {a: {type: string, format: mail}}      | 1:37",
        "columns: {a: {type: string, min-length: many}}  | 1:41",
        "columns: {a: {type: int, min: {valu: 3, value: 3}}} | 1:32",
        "columns: {a: {type: int, min: {on-violation: warn}}} | 1:31",
        "columns: {a: {type: int, min: {value: 3, on-violation: cry}}} | 1:56",
        "columns: {a: {type: int, min: {value: 3, max-bad-rows: many}}} | 1:56",
        "columns: {a: {type: int, enum: {value: []}}}    | 1:40",
        "columns: {a: {required: {value: maybe}}}        | 1:33",
        "columns: {a: [long]}                            | 1:14",
        "columns: [a]                                    | 1:10",
        "{columns: {a: long}, checks: [{row-count: {least: 3}}]}     | 1:44",
        "{columns: {a: long}, checks: [{rowcount: {min: 3}}]}        | 1:32",
        "{columns: {a: long}, checks: [{unique: {columns: a, scope: world}}]} | 1:60",
        "{columns: {a: long}, checks: [{row-count: {min: 1, severity: cry}}]} | 1:62",
        "{columns: {a: long}, checks: [{freshness: {column: a, max-age: old}}]} | 1:64",
        "{columns: {a: long}, checks: [{null-share: {column: a, max: 5}}]} | 1:61",
        "{columns: {a: long}, validators: {column: a}}    | 1:34",
        "{columns: {a: long}, evolution: {columns: frozen}} | 1:43",
      })
  void whatTheReaderRefusesTheSchemaRefusesAtTheSamePlace(String yaml, String place) {
    FirnException refused =
        catchThrowableOfType(FirnException.class, () -> ContractFile.parse("c.yaml", yaml));

    assertThat(refused).hasMessageStartingWith("c.yaml:" + place + ": ");
    assertThat(SchemaPlaces.of(SCHEMA, yaml)).contains(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "columns: {a: long}",
        "columns: {a: {required: true}, b: {type: 'decimal(3,1)', min: -0.5, exclusive-max: '9'}}",
        "columns: {a: {type: string, enum: x, pattern: '^a', min-length: 1, on-violation: drop-row}}",
        "validators: {type: luhn, column: a}",
        "validators: [{type: json-schema, schema: {oneOf: []}, on-violation: warn}]",
        "{contract: c, version: 3, evolution: {data-type: freeze}, on-violation: warn, max-bad-rows: 0.5%, columns: {a: text}}",
        "{max-bad-rows: 10, evolution: discard_row, columns: {a: text}}",
        "columns: {a: {type: long, min: {value: 3, on-violation: warn, max-bad-rows: 1%}, required: {on-violation: drop-row}}}",
        "columns: {a: {type: text, enum: {value: [x, y], on-violation: null-value}, unique: {value: table, max-bad-rows: 3}}}",
        "checks: [{row-count: {min: 1}}, {unique: [a, b]}, {expression: a < b}, {null-share: {column: a, max: 5%}}]",
      })
  void whatTheReaderTakesTheSchemaTakes(String yaml) {
    assertThat(ContractFile.parse("c.yaml", yaml)).isNotNull();
    assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
  }

  @Test
  void whatTheWriterWritesTheSchemaTakes() {
    String yaml =
        "columns: {a: {type: long, required: true, min: 1, enum: [1, 2]}, b.c: {type: string, pattern: x}}";

    String written = ContractFile.yaml(ContractFile.parse("c.yaml", yaml));

    assertThat(SCHEMA.validate(written, InputFormat.YAML)).isEmpty();
  }
}
