package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionRulesTest {
  private static DataType type(String word) {
    return DataType.parse(word).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int32         | long          | true",
        "long          | int32         | false",
        "float         | double        | true",
        "double        | float         | false",
        "int32         | double        | false",
        "decimal(9,2)  | decimal(12,2) | true",
        "decimal(12,2) | decimal(9,2)  | false",
        "decimal(9,2)  | decimal(9,2)  | false",
        "decimal(9,2)  | decimal(12,3) | false",
        "decimal(9,2)  | decimal(12,1) | false",
        "long          | decimal(38,0) | false",
        "date          | timestamp     | false",
      })
  void onlyWhatIcebergChangesInPlaceIsAllowed(String from, String to, boolean allowed) {
    assertThat(Promotion.allowed(type(from), type(to))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "long         | int32        | true",
        "int32        | long         | false",
        "decimal(9,2) | decimal(5,2) | true",
        "decimal(9,2) | decimal(5,1) | false",
        "string       | json         | true",
        "json         | string       | true",
        "string       | long         | false",
      })
  void aColumnHoldsWhatIsNoWiderThanItself(String column, String values, boolean holds) {
    assertThat(Promotion.holds(type(column), type(values))).isEqualTo(holds);
  }
}
