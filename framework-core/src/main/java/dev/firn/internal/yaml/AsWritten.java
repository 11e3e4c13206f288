package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.Redactor;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts templates back where a document holds what they were filled with: the values of the
 * environment, of files and of secrets belong to one machine. A secret without a template is
 * masked.
 */
final class AsWritten {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<List<String>, Map<String, Scalar>> written;
  private final Redactor redactor;

  /**
   * @param written by path and by the filled text
   */
  AsWritten(Map<List<String>, Map<String, Scalar>> written, Redactor redactor) {
    this.written = written;
    this.redactor = redactor;
  }

  JsonNode in(ObjectNode document) {
    return in(document, List.of());
  }

  private JsonNode in(JsonNode node, List<String> path) {
    if (node.isObject()) {
      ObjectNode fields = JSON.objectNode();
      node.properties()
          .forEach(
              each -> fields.set(each.getKey(), in(each.getValue(), then(path, each.getKey()))));
      return fields;
    }
    if (node.isArray()) {
      ArrayNode items = JSON.arrayNode();
      node.forEach(item -> items.add(item.isContainerNode() ? in(item, path) : item(item, path)));
      return items;
    }
    Map<String, Scalar> here = written.getOrDefault(path, Map.of());
    return here.size() == 1 ? template(here.values().iterator().next()) : item(node, path);
  }

  /** One of several values at this path: only its text tells which template it was. */
  private JsonNode item(JsonNode node, List<String> path) {
    Map<String, Scalar> here = written.getOrDefault(path, Map.of());
    Scalar template = here.get(node.asText());
    if (template == null) {
      template = here.get(node.asText().replace("$${", "${"));
    }
    if (template != null) {
      return template(template);
    }
    return node.isTextual() ? JSON.textNode(masked(node.textValue(), path)) : node;
  }

  private static JsonNode template(Scalar scalar) {
    boolean quoted = scalar.style() == Style.QUOTED;
    return quoted ? JSON.textNode(scalar.text()) : JSON.pojoNode(scalar.text());
  }

  private String masked(String text, List<String> path) {
    boolean secret = !path.isEmpty() && SecretNames.matches(path.get(path.size() - 1));
    return secret ? Redactor.MASK : redactor.redact(text);
  }

  private static List<String> then(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
