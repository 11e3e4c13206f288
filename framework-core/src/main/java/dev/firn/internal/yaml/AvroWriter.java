package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.internal.normalize.Names;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.NamingRules;
import java.util.List;

/**
 * Writes a contract's columns as an Avro record. Rules but {@code required} have no place in it.
 */
final class AvroWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_NAME = 255;

  private AvroWriter() {}

  static ObjectNode write(SchemaContract contract) {
    Names names = new Names(NamingRules.Style.SNAKE_CASE, LONGEST_NAME);
    ObjectNode record =
        JSON.objectNode().put("type", "record").put("name", names.key(contract.name()));
    ArrayNode fields = record.putArray("fields");
    for (ColumnContract column : contract.columns()) {
      String name = names.column(List.of(column.column().split("\\.")));
      ObjectNode type = type(column.type().orElse(Simple.STRING));
      ObjectNode field = fields.addObject().put("name", name);
      if (column.rules().contains(new Rule.Required())) {
        field.set("type", type);
      } else {
        field.putArray("type").add("null").add(type);
        field.putNull("default");
      }
    }
    return record;
  }

  private static ObjectNode type(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return of("bytes", "decimal")
          .put("precision", decimal.precision())
          .put("scale", decimal.scale());
    }
    return switch ((Simple) type) {
      case BOOLEAN -> of("boolean");
      case INT32 -> of("int");
      case LONG -> of("long");
      case FLOAT -> of("float");
      case DOUBLE -> of("double");
      case DATE -> of("int", "date");
      case TIME -> of("long", "time-micros");
      case TIMESTAMP -> of("long", "timestamp-micros");
      case TIMESTAMP_NTZ -> of("long", "local-timestamp-micros");
      case STRING, JSON -> of("string");
      case BINARY -> of("bytes");
      case UUID -> of("string", "uuid");
    };
  }

  private static ObjectNode of(String type) {
    return JSON.objectNode().put("type", type);
  }

  private static ObjectNode of(String type, String logical) {
    return of(type).put("logicalType", logical);
  }
}
