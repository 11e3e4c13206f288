package dev.firn.internal.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Jackson's trees. */
final class JsonWriter {
  private JsonWriter() {}

  static void write(JsonNode node, Walk walk, Writers writers) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node, walk, writers);
      case ARRAY -> array(node, walk, writers);
      case STRING -> walk.text(node.textValue());
      case NUMBER -> number(node, walk);
      case BOOLEAN -> walk.sink.bool(node.booleanValue());
      case BINARY -> walk.sink.binary(((BinaryNode) node).binaryValue());
      case POJO -> walk.value(((POJONode) node).getPojo());
      case NULL, MISSING -> walk.sink.nothing();
    }
  }

  private static void object(JsonNode node, Walk walk, Writers writers) {
    boolean before = walk.enter(false);
    walk.sink.beginObject();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Containers.key(field.getKey(), walk, writers);
      write(field.getValue(), walk, writers);
    }
    walk.sink.endObject();
    walk.leave(before);
  }

  private static void array(JsonNode node, Walk walk, Writers writers) {
    boolean before = walk.enter(false);
    walk.sink.beginList();
    for (JsonNode each : node) {
      write(each, walk, writers);
    }
    walk.sink.endList();
    walk.leave(before);
  }

  private static void number(JsonNode node, Walk walk) {
    switch (node.numberType()) {
      case INT, LONG -> walk.sink.integer(node.longValue());
      case FLOAT, DOUBLE -> walk.sink.real(node.doubleValue());
      case BIG_INTEGER -> Scalars.whole(node.bigIntegerValue(), walk);
      case BIG_DECIMAL -> {
        byte[] digits = node.decimalValue().toString().getBytes(StandardCharsets.US_ASCII);
        walk.sink.number(digits, 0, digits.length);
      }
    }
  }
}
