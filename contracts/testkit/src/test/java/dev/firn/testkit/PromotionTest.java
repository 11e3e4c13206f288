package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Decimal;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A committed column that can be promoted is, rather than getting a companion. */
class PromotionTest {
  private static final ResourceSpec ROWS = ResourceSpec.named("rows");
  private static final TableName TABLE = TableName.parse("ns.rows");

  private final MemoryDestination destination = new MemoryDestination();

  private void load(ResourceSpec spec, List<String> records) {
    Loading.into(destination).with(2, 1).load(ListSource.ofJson(spec, records).withSplitsOf(1));
  }

  private Map<String, DataType> types() {
    Map<String, DataType> types = new TreeMap<>();
    Laws.schema(destination, TABLE)
        .columns()
        .forEach(column -> types.put(column.name(), column.type()));
    types.keySet().removeIf(name -> name.startsWith("_firn_"));
    return types;
  }

  static Stream<Arguments> promotions() {
    return Stream.of(
        Arguments.of(Simple.INT32, "7", List.of("1", "3000000000", "2"), Simple.LONG),
        Arguments.of(Simple.FLOAT, "0.5", List.of("0.25", "0.1", "16777217"), Simple.DOUBLE),
        Arguments.of(
            new Decimal(4, 2), "1.25", List.of("123456.5", "1", "1234.75"), new Decimal(8, 2)));
  }

  @ParameterizedTest
  @MethodSource("promotions")
  void aWiderValuePromotesItsColumn(
      DataType declared, String first, List<String> later, DataType promoted) {
    load(ROWS.withColumns(Map.of("n", declared)), List.of("{\"n\":" + first + "}"));
    assertThat(types()).isEqualTo(Map.of("n", declared));

    List<String> records = new ArrayList<>();
    later.forEach(value -> records.add("{\"n\":" + value + "}"));
    load(ROWS, records);

    assertThat(types()).isEqualTo(Map.of("n", promoted));
    assertThat(destination.rows("ns.rows")).hasSize(1 + later.size());
  }

  @Test
  void whatNoPromotionHoldsStillGoesToACompanion() {
    load(ROWS.withColumns(Map.of("n", Simple.INT32)), List.of("{\"n\":1}"));

    load(ROWS, List.of("{\"n\":\"many\"}", "{\"n\":2}"));

    assertThat(types()).isEqualTo(Map.of("n", Simple.INT32, "n__v_text", Simple.STRING));
  }
}
