package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a pipeline as the YAML that reads back to it; what is a default is left out. */
public final class SpecWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SpecWriter() {}

  /** The YAML text; secrets in it are those of the spec. */
  public static String write(PipelineSpec spec) {
    return YamlWriter.write(toJson(spec));
  }

  /** The document before it is text. */
  static ObjectNode toJson(PipelineSpec spec) {
    ObjectNode top = JSON.objectNode().put(SpecKeys.VERSION, 1).put(SpecKeys.PIPELINE, spec.name());
    ObjectNode sources = top.putObject(SpecKeys.SOURCES);
    spec.sources().forEach(source -> sources.set(source.name(), source(source)));
    destination(top, spec.destination());
    if (!spec.evolution().equals(Evolution.DEFAULT)) {
      top.set(SpecKeys.EVOLUTION, evolution(spec.evolution()));
    }
    ObjectNode limits = limits(spec.limits());
    if (!limits.isEmpty()) {
      top.set(SpecKeys.LIMITS, limits);
    }
    if (!spec.concurrency().equals(Concurrency.DEFAULT)) {
      top.set(SpecKeys.CONCURRENCY, concurrency(spec.concurrency()));
    }
    return top;
  }

  private static ObjectNode concurrency(Concurrency concurrency) {
    ObjectNode node = JSON.objectNode();
    word(node, SpecKeys.ON_LOCKED, concurrency.onLocked(), Concurrency.DEFAULT.onLocked());
    if (!concurrency.lease().equals(Concurrency.DEFAULT.lease())) {
      node.put(
          SpecKeys.LEASE,
          concurrency.leased() ? concurrency.lease().toString() : Concurrency.NO_LEASE);
    }
    return node;
  }

  private static ObjectNode source(SourceSpec source) {
    ObjectNode node = JSON.objectNode().put(SpecKeys.TYPE, source.type());
    source.settings().properties().forEach(field -> node.set(field.getKey(), field.getValue()));
    ObjectNode resources = JSON.objectNode();
    for (ResourceSpec resource : source.resources()) {
      ObjectNode written = resource(resource, source.type().equals(SpecKeys.JAVA));
      source
          .written()
          .getOrDefault(resource.name(), Set.of())
          .forEach(key -> spellOut(written, key, resource));
      resources.set(resource.name(), written);
    }
    if (!resources.isEmpty()) {
      node.set(SpecKeys.RESOURCES, resources);
    }
    return node;
  }

  /**
   * @param java whether code says what is left out here; elsewhere a key without a word means merge
   */
  private static ObjectNode resource(ResourceSpec resource, boolean java) {
    ResourceSpec plain = ResourceSpec.named(resource.name());
    ObjectNode node = JSON.objectNode();
    resource.options().properties().forEach(field -> node.set(field.getKey(), field.getValue()));
    resource.table().ifPresent(table -> node.put(SpecKeys.TABLE, table));
    list(node, SpecKeys.PRIMARY_KEY, resource.key());
    boolean keyed = !java && !(resource.key().isEmpty() && resource.rules().mergeKey().isEmpty());
    WriteRulesSection.write(
        node,
        resource.disposition(),
        resource.rules(),
        keyed || resource.disposition() != plain.disposition());
    resource.evolution().ifPresent(modes -> node.set(SpecKeys.EVOLUTION, evolution(modes)));
    if (!resource.columns().isEmpty()) {
      ObjectNode columns = node.putObject(SpecKeys.COLUMNS);
      resource.columns().forEach((name, type) -> columns.put(name, type.word()));
    }
    map(node, SpecKeys.RENAME_COLUMNS, resource.columnEdits().renames());
    list(node, SpecKeys.DROP_COLUMNS, resource.columnEdits().drops());
    list(node, SpecKeys.PARTITION_BY, resource.partitionBy());
    TableSettingsSection.write(node, resource.tableSettings());
    resource.maxNesting().ifPresent(levels -> node.put(SpecKeys.MAX_NESTING, levels));
    naming(node, resource.naming());
    word(node, SpecKeys.ON_LOSSY, resource.onLossy(), plain.onLossy());
    word(node, SpecKeys.ON_NULL_KEY, resource.onNullKey(), plain.onNullKey());
    if (resource.allowEmpty() != plain.allowEmpty()) {
      node.put(SpecKeys.ALLOW_EMPTY, resource.allowEmpty());
    }
    resource
        .incremental()
        .ifPresent(spec -> node.set(SpecKeys.INCREMENTAL, IncrementalSection.write(spec)));
    resource
        .partitions()
        .ifPresent(spec -> node.set(PartitionsSection.PARTITIONS, PartitionsSection.write(spec)));
    map(node, SpecKeys.ADD_COLUMNS, resource.addColumns());
    resource
        .contract()
        .ifPresent(contract -> node.set(ContractKeys.CONTRACT, ContractWriter.write(contract)));
    QuarantineSection.write(node, resource.quarantine());
    return node;
  }

  /** Writes a default that was written down: over a source in Java it wins. */
  private static void spellOut(ObjectNode node, String key, ResourceSpec resource) {
    if (node.has(key)) {
      return;
    }
    switch (key) {
      case SpecKeys.WRITE_DISPOSITION -> node.put(key, resource.disposition().word());
      case SpecKeys.PRIMARY_KEY,
          WriteRulesSection.MERGE_KEY,
          SpecKeys.PARTITION_BY,
          SpecKeys.DROP_COLUMNS ->
          node.putArray(key);
      case SpecKeys.COLUMNS,
          SpecKeys.ADD_COLUMNS,
          SpecKeys.RENAME_COLUMNS,
          SpecKeys.TABLE_SETTINGS ->
          node.putObject(key);
      case SpecKeys.NAMING -> node.put(key, word(resource.naming().style()));
      case SpecKeys.ON_COLLISION -> node.put(key, word(resource.naming().onCollision()));
      case SpecKeys.ON_LOSSY -> node.put(key, word(resource.onLossy()));
      case SpecKeys.ON_NULL_KEY -> node.put(key, word(resource.onNullKey()));
      case SpecKeys.ALLOW_EMPTY -> node.put(key, resource.allowEmpty());
      case QuarantineSection.QUARANTINE ->
          node.put(key, QuarantineSection.word(resource.quarantine()));
      default -> {} // the others have no default to write
    }
  }

  static void map(ObjectNode node, String key, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      ObjectNode members = node.putObject(key);
      texts.forEach(members::put);
    }
  }

  private static void naming(ObjectNode node, NamingRules rules) {
    word(node, SpecKeys.NAMING, rules.style(), NamingRules.DEFAULT.style());
    word(node, SpecKeys.ON_COLLISION, rules.onCollision(), NamingRules.DEFAULT.onCollision());
  }

  static <E extends Enum<E>> void word(ObjectNode node, String key, E value, E normal) {
    if (value != normal) {
      node.put(key, word(value));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static void list(ObjectNode node, String key, List<?> values) {
    if (values.size() == 1) {
      node.put(key, values.get(0).toString());
    } else if (!values.isEmpty()) {
      ArrayNode items = node.putArray(key);
      values.forEach(value -> items.add(value.toString()));
    }
  }

  static JsonNode evolution(Evolution modes) {
    if (modes.equals(Evolution.of(modes.tables()))) {
      return JSON.textNode(modes.tables().word());
    }
    ObjectNode node = JSON.objectNode();
    mode(node, SpecKeys.TABLES, modes.tables());
    mode(node, SpecKeys.COLUMNS, modes.columns());
    mode(node, SpecKeys.DATA_TYPE, modes.dataType());
    return node;
  }

  private static void mode(ObjectNode node, String key, ContractMode mode) {
    if (mode != ContractMode.EVOLVE) {
      node.put(key, mode.word());
    }
  }

  private static void destination(ObjectNode top, DestinationSpec destination) {
    ObjectNode node = top.putObject(SpecKeys.DESTINATION);
    node.put(SpecKeys.TYPE, destination.type()).put(SpecKeys.CATALOG, destination.catalog());
    destination.namespace().ifPresent(name -> node.put(SpecKeys.NAMESPACE, name));
    ObjectNode catalogs = top.putObject(SpecKeys.CATALOGS);
    catalogs.set(destination.catalog(), escaped(destination.settings()));
  }

  /** Settings outside sources are free of templates: what looks like one is text. */
  private static JsonNode escaped(JsonNode node) {
    if (node.isTextual()) {
      return JSON.textNode(node.textValue().replace("${", "$${"));
    }
    if (node.isArray()) {
      ArrayNode items = JSON.arrayNode();
      node.forEach(item -> items.add(escaped(item)));
      return items;
    }
    if (node.isObject()) {
      ObjectNode fields = JSON.objectNode();
      node.properties().forEach(field -> fields.set(field.getKey(), escaped(field.getValue())));
      return fields;
    }
    return node;
  }

  private static ObjectNode limits(Limits limits) {
    Limits normal = Limits.DEFAULT;
    ObjectNode node = JSON.objectNode();
    limit(node, SpecKeys.DEPTH, limits.depth(), normal.depth());
    limit(node, SpecKeys.LINE_BYTES, limits.lineBytes(), normal.lineBytes());
    limit(node, SpecKeys.STRING_BYTES, limits.stringBytes(), normal.stringBytes());
    limit(node, SpecKeys.COLUMNS, limits.columns(), normal.columns());
    limit(node, SpecKeys.TABLES, limits.tables(), normal.tables());
    limit(node, SpecKeys.THREADS, limits.threads(), normal.threads());
    limit(node, SpecKeys.MEMORY_BYTES, limits.memoryBytes(), normal.memoryBytes());
    return node;
  }

  private static void limit(ObjectNode node, String key, long value, long normal) {
    if (value != normal) {
      node.put(key, value);
    }
  }
}
