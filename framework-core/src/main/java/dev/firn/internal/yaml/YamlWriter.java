package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** JSON as YAML blocks, quoted only where a reader would take text for something else. */
final class YamlWriter {
  private YamlWriter() {}

  static String write(JsonNode node) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(convert(node), text);
    return text.toString();
  }

  private static Node convert(JsonNode node) {
    if (node.isObject()) {
      List<NodeTuple> tuples = new ArrayList<>();
      node.properties()
          .forEach(f -> tuples.add(new NodeTuple(text(f.getKey()), convert(f.getValue()))));
      return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }
    if (node.isArray()) {
      List<Node> items = new ArrayList<>();
      node.forEach(item -> items.add(convert(item)));
      return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }
    return scalar(node);
  }

  private static Node scalar(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> plain(node.isIntegralNumber() ? Tag.INT : Tag.FLOAT, node.asText());
      case BOOLEAN -> plain(Tag.BOOL, node.asText());
      case NULL -> plain(Tag.NULL, "null");
      // a template that stood without quotes: what it is filled with may be a number
      case POJO -> plain(Tag.STR, node.asText());
      default -> text(node.asText());
    };
  }

  private static Node plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, style(text));
  }

  /** Plain where the reader's own rules and those of YAML 1.1 both read text. */
  private static ScalarStyle style(String text) {
    boolean safe =
        text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-./ ".indexOf(c) >= 0);
    boolean word = safe && !text.isBlank() && Character.isLetter(text.charAt(0));
    return word ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
  }
}
