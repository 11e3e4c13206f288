package dev.firn.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.firn.error.Redactor;
import java.io.IOException;

/** A document as it may be printed: no text in it holds a secret, and it stays JSON. */
final class Masked {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Masked() {}

  static JsonNode of(JsonNode node, Redactor redactor) {
    if (node.isTextual()) {
      return NODES.textNode(redactor.redact(node.textValue()));
    } else if (node instanceof POJONode pojo && pojo.getPojo() instanceof RawValue raw) {
      return of(parsed(raw), redactor);
    } else if (node.isArray()) {
      ArrayNode items = NODES.arrayNode();
      node.forEach(item -> items.add(of(item, redactor)));
      return items;
    } else if (node.isObject()) {
      ObjectNode fields = NODES.objectNode();
      node.properties()
          .forEach(field -> fields.set(field.getKey(), of(field.getValue(), redactor)));
      return fields;
    }
    return node;
  }

  private static JsonNode parsed(RawValue raw) {
    try {
      return EXACT.readTree(String.valueOf(raw.rawValue()));
    } catch (IOException e) {
      throw new IllegalStateException("A row that was printed as JSON is none.", e);
    }
  }
}
