package dev.firn.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.DedupSort;
import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Replacing;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rules of writing as JSON; a package or plan without them has every default. */
final class RulesJson {
  private RulesJson() {}

  static ObjectNode write(WriteRules rules) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    rules.strategy().ifPresent(each -> node.put("strategy", each.word()));
    rules.mergeKey().forEach(node.putArray("merge-key")::add);
    rules.hardDelete().ifPresent(each -> node.put("hard-delete", each));
    rules.dedupSort().ifPresent(each -> node.put("dedup-sort", each.toString()));
    node.put("delete-absent", rules.deleteAbsent());
    rules.deleteMode().ifPresent(each -> node.put("delete-mode", each.word()));
    Replacing replacing = rules.replacing();
    node.put("scope", replacing.scope().word()).put("replace", replacing.strategy().word());
    replacing.partition().forEach(node.putObject("partition")::put);
    Validity validity = rules.validity();
    node.put("valid-from", validity.from()).put("valid-to", validity.to());
    validity.active().ifPresent(each -> node.put("active", each));
    validity.boundary().ifPresent(each -> node.put("boundary", each));
    validity.rowVersion().ifPresent(each -> node.put("row-version", each));
    return node;
  }

  static WriteRules read(JsonNode node) {
    if (node.isMissingNode()) {
      return WriteRules.DEFAULT;
    }
    Map<String, String> partition = new TreeMap<>();
    node.required("partition")
        .properties()
        .forEach(field -> partition.put(field.getKey(), field.getValue().asText()));
    return new WriteRules(
        text(node, "strategy").map(MergeStrategy::parse),
        SchemaJson.texts(node.required("merge-key")),
        text(node, "hard-delete"),
        text(node, "dedup-sort").map(DedupSort::parse),
        node.required("delete-absent").asBoolean(),
        new Replacing(
            Replacing.Scope.parse(node.required("scope").asText()),
            Replacing.Strategy.parse(node.required("replace").asText()),
            partition),
        text(node, "delete-mode").map(DeleteMode::parse),
        new Validity(
            node.required("valid-from").asText(),
            node.required("valid-to").asText(),
            text(node, "active"),
            text(node, "boundary"),
            text(node, "row-version")));
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
  }
}
