package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** What scalars mean: the core schema of YAML 1.2, so that {@code no} and {@code 1:30} are text. */
final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern FRACTION = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Scalars() {}

  static boolean isNull(String text) {
    return text.isEmpty() || text.equals("~") || text.equals("null");
  }

  /** The node as JSON, for keys that only a source or catalog understands. */
  static JsonNode toJson(ConfigNode node) {
    if (node instanceof ConfigNode.Section section) {
      ObjectNode object = JSON.objectNode();
      section.entries().forEach((key, entry) -> object.set(key, toJson(entry.value())));
      return object;
    }
    if (node instanceof ConfigNode.Listing listing) {
      ArrayNode array = JSON.arrayNode();
      listing.items().forEach(item -> array.add(toJson(item)));
      return array;
    }
    return toJson((ConfigNode.Scalar) node);
  }

  private static JsonNode toJson(ConfigNode.Scalar scalar) {
    return switch (scalar.style()) {
      case QUOTED -> JSON.textNode(scalar.text());
      case FILLED -> exact(scalar.text());
      case PLAIN -> plain(scalar.text());
    };
  }

  private static JsonNode plain(String text) {
    if (isNull(text)) {
      return JSON.nullNode();
    }
    boolean fraction = !INTEGER.matcher(text).matches() && FRACTION.matcher(text).matches();
    return fraction && !leadingZero(text) ? JSON.numberNode(Double.valueOf(text)) : exact(text);
  }

  private static boolean leadingZero(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    return digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1));
  }

  private static JsonNode exact(String text) {
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    if (!INTEGER.matcher(text).matches() || text.equals("-0")) {
      return JSON.textNode(text);
    }
    BigInteger value = new BigInteger(text);
    return value.bitLength() < Long.SIZE
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value);
  }
}
