package dev.firn.internal.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML text into nodes with their places; duplicate keys and run-away aliases are problems.
 */
final class YamlText {
  private static final int MAX_NODES = 100_000;

  private final String where;
  private final Problems problems;
  private int nodes;
  private int depth;

  /** Where the file's own key stands below which nodes are converted. */
  private Origin topKey;

  private YamlText(String where, Problems problems) {
    this.where = where;
    this.problems = problems;
    this.topKey = new Origin(where, 1, 1);
  }

  /** The top-level section of a file; empty, with problems noted, when there is none. */
  static ConfigNode.Section read(String where, String text, Problems problems) {
    YamlText reader = new YamlText(where, problems);
    ConfigNode node = reader.compose(text);
    if (node instanceof ConfigNode.Section section) {
      return section;
    }
    if (!(node instanceof ConfigNode.Scalar scalar && scalar.isNull())) {
      problems.add(node.origin(), "Expected keys with values.", "Begin with 'pipeline: name'.");
    }
    return ConfigNode.Section.empty(node.origin());
  }

  /** A value written in one line, as in {@code --set}; everything in it has one place. */
  static ConfigNode value(Origin origin, String text, Problems problems) {
    boolean composed = text.startsWith("[") || text.startsWith("{");
    if (!composed) {
      return new ConfigNode.Scalar(text, ConfigNode.Style.FILLED, origin);
    }
    return new YamlText(origin.where(), problems).compose(text);
  }

  private ConfigNode compose(String text) {
    Origin start = new Origin(where, 1, 1);
    try {
      Yaml yaml = new Yaml(options());
      YamlLimits.Excess excess =
          YamlLimits.exceeded(yaml.parse(new StringReader(text))).orElse(null);
      if (excess != null) {
        problems.add(origin(excess.mark()), "Not valid YAML: " + excess.what() + ".", "");
        return empty(start);
      }
      Node root = yaml.compose(new StringReader(text));
      return root == null ? empty(start) : convert(root);
    } catch (MarkedYAMLException broken) {
      String problem = String.valueOf(broken.getProblem());
      problems.add(origin(broken.getProblemMark()), "Not valid YAML: " + problem + ".", "");
    } catch (YAMLException broken) {
      problems.add(topKey, "Not valid YAML: " + broken.getMessage(), "");
    }
    return empty(start);
  }

  private static ConfigNode empty(Origin start) {
    return new ConfigNode.Scalar("", ConfigNode.Style.PLAIN, start);
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(YamlLimits.MAX_DEPTH);
    options.setMaxAliasesForCollections(YamlLimits.MAX_ALIASES);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  private ConfigNode convert(Node node) {
    Origin origin = origin(node.getStartMark());
    if (++nodes > MAX_NODES || ++depth > YamlLimits.MAX_DEPTH) {
      throw new YAMLException(
          "aliases unfold to more than %d values or %d levels."
              .formatted(MAX_NODES, YamlLimits.MAX_DEPTH));
    }
    ConfigNode converted =
        switch (node.getNodeId()) {
          case mapping -> section((MappingNode) node, origin);
          case sequence -> listing((SequenceNode) node, origin);
          case scalar, anchor -> scalar((ScalarNode) node, origin);
        };
    depth--;
    return converted;
  }

  private static ConfigNode scalar(ScalarNode node, Origin origin) {
    ConfigNode.Style style = node.isPlain() ? ConfigNode.Style.PLAIN : ConfigNode.Style.QUOTED;
    return new ConfigNode.Scalar(node.getValue(), style, origin);
  }

  private ConfigNode listing(SequenceNode node, Origin origin) {
    List<ConfigNode> items = new ArrayList<>();
    node.getValue().forEach(item -> items.add(convert(item)));
    return new ConfigNode.Listing(items, origin);
  }

  private ConfigNode section(MappingNode node, Origin origin) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    Map<String, Origin> firsts = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin place = origin(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(place, "A key must be a word.", "Quote it if it holds brackets or braces.");
        continue;
      }
      Origin first = firsts.putIfAbsent(key.getValue(), place);
      if (first != null) {
        problems.add(
            place, "The key '" + key.getValue() + "' is here twice.", "First at " + first + ".");
        continue;
      }
      if (depth == 1) {
        topKey = place;
      }
      ConfigNode value = convert(tuple.getValueNode());
      entries.put(key.getValue(), new ConfigNode.Entry(place, value));
    }
    return new ConfigNode.Section(entries, origin);
  }

  private Origin origin(@Nullable Mark mark) {
    if (where.equals(Origin.DEFAULT.where())) {
      return Origin.DEFAULT;
    }
    return mark == null
        ? new Origin(where, 1, 1)
        : new Origin(where, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
