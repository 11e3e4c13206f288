package dev.firn.pipeline;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.io.StringReader;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where in a YAML text a schema finds fault, as {@code line:column}: what an editor underlines. */
final class SchemaPlaces {
  private SchemaPlaces() {}

  static Set<String> of(Schema schema, String yaml) {
    Node root = new Yaml().compose(new StringReader(yaml));
    Set<String> places = new TreeSet<>();
    for (Error error : schema.validate(yaml, InputFormat.YAML)) {
      Node node = at(root, error.getInstanceLocation());
      boolean unknown = "additionalProperties".equals(error.getKeyword());
      places.add(place(unknown ? key(node, error.getProperty()) : node.getStartMark()));
    }
    return places;
  }

  private static String place(Mark mark) {
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static Node at(Node root, NodePath path) {
    Node node = root;
    for (int i = 0; i < path.getNameCount(); i++) {
      Object step = path.getElement(i);
      node =
          node instanceof SequenceNode list && step instanceof Integer index
              ? list.getValue().get(index)
              : member(node, step.toString()).getValueNode();
    }
    return node;
  }

  private static Mark key(Node node, String name) {
    return member(node, name).getKeyNode().getStartMark();
  }

  private static NodeTuple member(Node node, String name) {
    return ((MappingNode) node)
        .getValue().stream()
            .filter(each -> ((ScalarNode) each.getKeyNode()).getValue().equals(name))
            .findFirst()
            .orElseThrow();
  }
}
