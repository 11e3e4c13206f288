package dev.firn.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions mean what SQL means by them. */
class ExpressionTest {
  private static final Instant NOW = Instant.parse("2024-10-15T12:00:00Z");

  private record Row(Map<String, @Nullable Object> columns) implements Values {
    static Row of(Object... pairs) {
      Map<String, @Nullable Object> columns = new HashMap<>();
      for (int i = 0; i < pairs.length; i += 2) {
        Object value = pairs[i + 1];
        columns.put((String) pairs[i], value instanceof Integer n ? BigDecimal.valueOf(n) : value);
      }
      return new Row(columns);
    }

    @Override
    public @Nullable Object column(String name) {
      return columns.get(name);
    }

    @Override
    public @Nullable Object aggregate(Expression.Aggregate aggregate) {
      throw new IllegalStateException();
    }

    @Override
    public Moment now() {
      return Moment.of(NOW);
    }
  }

  private static final Row ROW =
      Row.of(
          "a",
          3,
          "b",
          5,
          "t",
          "it's",
          "yes",
          true,
          "at",
          Moment.of(Instant.parse("2024-10-15T10:00:00Z")),
          "odd name",
          7);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a < b                                        | true",
        "a + 2 * b = 13                               | true",
        "(a + 2) * b = 25 and not a > b               | true",
        "a - b - 1 = -3                               | true",
        "b / 2 = 2.5                                  | true",
        "a / 0 = 1                                    |",
        "a <> b or missing = 1                        | true",
        "a = b or missing = 1                         |",
        "a = b and missing = 1                        | false",
        "missing is null and a is not null            | true",
        "not missing = 1                              |",
        "t = 'it''s'                                  | true",
        "t in ('x', 'it''s')                          | true",
        "a not in (1, 2)                              | true",
        "a in (1, null)                               |",
        "a between 3 and 4                            | true",
        "b not between 3 and 4                        | true",
        "yes                                          | true",
        "yes = false                                  | false",
        "at < now() and at >= now() - interval '2h'   | true",
        "at > timestamp '2024-10-15T10:00:00Z'        | false",
        "at > date '2024-10-15'                       | true",
        "now() - at <= interval '1h'                  | false",
        "\"odd name\" = 7                             | true",
        "NOT a > b AND true                           | true",
      })
  void aConditionIsTrueFalseOrUnknown(String condition, @Nullable Boolean expected) {
    assertThat(ExpressionParser.parse(condition).in(ROW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a <             | a value is missing at its character 4",
        "a < b c         | 'c' is too much at its character 7",
        "a ; b           | ';' means nothing at its character 3",
        "nope(a) = 1     | there is no function 'nope' at its character 1",
        "a = 'x          | a quote is not closed at its character 5",
        "a = 1.2.3       | '1.2.3' is no number at its character 5",
        "a in (1, 2      | ')' is missing",
        "a not < 2       | 'in' or 'between' is missing",
        "max(sum(a)) > 1 | an aggregate stands within another",
      })
  void aMistakeHasItsPlace(String condition, String message) {
    assertThatThrownBy(() -> ExpressionParser.parse(condition))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining(message);
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "(".repeat(10_000) + "1 = 1" + ")".repeat(10_000);

    assertThatThrownBy(() -> ExpressionParser.parse(deep)).hasMessageContaining("too deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = t", "t + 1 = 2", "at < 3", "not a"})
  void whatCannotBeComparedIsAMistake(String condition) {
    assertThatThrownBy(() -> ExpressionParser.parse(condition).in(ROW))
        .isInstanceOf(FirnException.class);
  }

  @Test
  void talliesOfPartsAddUp() {
    Expression condition =
        ExpressionParser.parse(
            "count(*) + count(x) + sum(x) + min(x) + max(x) + avg(x)"
                + " + count(*) filter (where x > 1)");
    List<Expression.Aggregate> aggregates = condition.aggregates();
    List<Row> rows = List.of(Row.of("x", 1), Row.of("x", 2), Row.of("y", 1), Row.of("x", 6));

    for (Expression.Aggregate each : aggregates) {
      Tally whole = Tally.NONE;
      Tally first = Tally.NONE.plus(each, rows.get(0)).plus(each, rows.get(1));
      Tally second = Tally.NONE.plus(each, rows.get(2)).plus(each, rows.get(3));
      for (Row row : rows) {
        whole = whole.plus(each, row);
      }
      assertThat(first.plus(each, second).result(each)).isEqualTo(whole.result(each));
    }
    assertThat(aggregates.stream().map(each -> result(each, rows)).map(String::valueOf))
        .containsExactly("4", "3", "9", "1", "6", "3", "2");
    assertThat(aggregates.get(6).text()).isEqualTo("count(*) filter (where x > 1)");
  }

  private static @Nullable Object result(Expression.Aggregate aggregate, List<Row> rows) {
    Tally tally = Tally.NONE;
    for (Row row : rows) {
      tally = tally.plus(aggregate, row);
    }
    return tally.result(aggregate);
  }
}
