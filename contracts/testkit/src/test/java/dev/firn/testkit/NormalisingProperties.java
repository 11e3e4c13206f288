package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.Column;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.source.NamingRules;
import dev.firn.source.NamingRules.OnCollision;
import dev.firn.source.NamingRules.Style;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rows that were normalised once come out of a second time as they went in. */
class NormalisingProperties {
  private static final ResourceSpec RESOURCE =
      ResourceSpec.named("t").withNaming(new NamingRules(Style.SNAKE_CASE, OnCollision.SUFFIX));
  private static final TableName TABLE = TableName.parse("ns.t");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false); // 3.0 is no long

  @Provide
  Arbitrary<List<String>> keyed() {
    return Records.keyed(12)
        .filter(records -> ReferenceNormalizer.contents("ns.t", records).isPresent());
  }

  @Property(tries = 100)
  void normalisingTwiceEqualsOnce(@ForAll("keyed") List<String> records) {
    Once first = new Once(records);

    Once second = new Once(first.rows.stream().map(JsonNode::toString).toList());

    assertThat(second.columns).isEqualTo(first.columns);
    assertThat(second.rows).containsExactlyInAnyOrderElementsOf(first.rows);
  }

  /** The root table that records make, without what Firn adds; its rows nested as they came. */
  private static final class Once {
    private final SortedMap<String, String> columns = new TreeMap<>();
    private final List<JsonNode> rows = new ArrayList<>();

    Once(List<String> records) {
      MemoryDestination destination = new MemoryDestination();
      Loading.into(destination).load(ListSource.ofJson(RESOURCE, records));
      if (destination.metadata().current(TABLE).isEmpty()) {
        return;
      }
      for (Column column : Laws.schema(destination, TABLE).columns()) {
        if (!column.system()) {
          columns.put(column.name(), column.type().word());
        }
      }
      for (String row : destination.metadata().sample(TABLE, Integer.MAX_VALUE)) {
        rows.add(own(row));
      }
    }

    private static JsonNode own(String row) {
      ObjectNode own = JSON.createObjectNode();
      for (var field : parse(row).properties()) {
        if (!SystemColumns.reserved(field.getKey()) && !field.getValue().isNull()) {
          put(own, field.getKey(), field.getValue());
        }
      }
      return own;
    }

    private static void put(ObjectNode row, String column, JsonNode value) {
      ObjectNode object = row;
      String[] keys = column.split("__", -1);
      for (int i = 0; i < keys.length - 1; i++) {
        object =
            object.get(keys[i]) instanceof ObjectNode inner ? inner : object.putObject(keys[i]);
      }
      object.set(keys[keys.length - 1], spelled(value));
    }

    /** A whole number without an exponent, which would make it a double. */
    private static JsonNode spelled(JsonNode value) {
      boolean exponent = value.isBigDecimal() && value.decimalValue().scale() < 0;
      return exponent ? JSON.getNodeFactory().numberNode(value.bigIntegerValue()) : value;
    }

    private static JsonNode parse(String row) {
      try {
        return JSON.readTree(row);
      } catch (JsonProcessingException e) {
        throw new AssertionError(row, e);
      }
    }
  }
}
