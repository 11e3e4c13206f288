package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.SchemaParts.any;
import static dev.firn.internal.yaml.SchemaParts.anyOf;
import static dev.firn.internal.yaml.SchemaParts.map;
import static dev.firn.internal.yaml.SchemaParts.reference;
import static dev.firn.internal.yaml.SchemaParts.section;
import static dev.firn.internal.yaml.SchemaParts.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.pipeline.OnLocked;
import dev.firn.source.NamingRules;
import dev.firn.source.ResourceSpec.OnLossy;
import dev.firn.source.ResourceSpec.OnNullKey;
import dev.firn.source.SourceProvider;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON Schema 2020-12 of {@code pipeline.yaml}, made from the tables of keys that its reader
 * goes by, for editors. It judges one file; what several layers or several keys say together is the
 * reader's to judge.
 */
public final class PipelineSchema {
  private static final String MERGE = "merge";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, SourceProvider> sources;

  private PipelineSchema(Map<String, SourceProvider> sources) {
    this.sources = new TreeMap<>(sources);
  }

  /**
   * The schema for pipelines of these types of sources.
   *
   * @param sources the installed ones, by type
   */
  public static ObjectNode of(Map<String, SourceProvider> sources) {
    return new PipelineSchema(sources).schema();
  }

  private ObjectNode schema() {
    Map<String, ObjectNode> top = new HashMap<>();
    top.put(SpecKeys.VERSION, JSON.objectNode().put("const", 1));
    top.put(SpecKeys.PIPELINE, SchemaParts.name());
    top.put(SpecKeys.DESCRIPTION, text());
    top.put(SpecKeys.VARS, map(text()));
    top.put(SpecKeys.SOURCES, named(reference("source")));
    top.put(SpecKeys.DESTINATION, destination());
    top.put(SpecKeys.CATALOGS, map(JSON.objectNode().put("type", "object")));
    top.put(SpecKeys.EVOLUTION, reference(SpecKeys.EVOLUTION));
    top.put(SpecKeys.LIMITS, limits());
    top.put(SpecKeys.CONCURRENCY, concurrency());
    ObjectNode body = section(SpecKeys.TOP, top);
    ObjectNode profile = body.deepCopy();
    ((ObjectNode) body.get("properties")).set(SpecKeys.PROFILES, map(reference("profile")));
    body.putArray("required").add(SpecKeys.PIPELINE).add(SpecKeys.SOURCES);
    // a profile is a part of a pipeline: what it leaves out is in the file
    ((ObjectNode) profile.get("properties")).set(SpecKeys.SOURCES, map(any()));
    ObjectNode schema =
        JSON.objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("$id", "https://firn.dev/pipeline.schema.json")
            .put("title", "Firn pipeline")
            .setAll(body);
    ObjectNode definitions = schema.putObject("$defs");
    definitions.set("profile", profile);
    definitions.set("source", source());
    definitions.set(SpecKeys.EVOLUTION, evolution());
    sources.forEach((type, provider) -> definitions.set(type + "-source", source(provider)));
    return schema;
  }

  /** Each with its keys, or a list of names. */
  private static ObjectNode named(ObjectNode each) {
    ObjectNode list = JSON.objectNode().put("type", "array");
    list.set("items", text());
    ObjectNode members = map(each);
    members.putObject("propertyNames").put("pattern", "^" + SpecReader.NAME.pattern() + "$");
    members.put("minProperties", 1);
    return anyOf(members, list);
  }

  private ObjectNode source() {
    ObjectNode source = JSON.objectNode().put("type", "object");
    source.putArray("required").add(SpecKeys.TYPE);
    ObjectNode type = source.putObject("properties").putObject(SpecKeys.TYPE);
    sources.keySet().forEach(type.putArray("enum")::add);
    ArrayNode cases = source.putArray("allOf");
    for (String each : sources.keySet()) {
      ObjectNode choice = cases.addObject();
      ObjectNode when = choice.putObject("if");
      when.putObject("properties").putObject(SpecKeys.TYPE).put("const", each);
      choice.set("then", reference(each + "-source"));
    }
    return source;
  }

  private static ObjectNode source(SourceProvider provider) {
    boolean java = provider.type().equals(SpecKeys.JAVA);
    Map<String, ObjectNode> keys = new HashMap<>();
    provider.sourceKeys().forEach(key -> keys.put(key, any()));
    keys.put(SpecKeys.TYPE, any());
    keys.put(SpecKeys.EVOLUTION, reference(SpecKeys.EVOLUTION));
    ObjectNode resource = resource(provider.resourceKeys(), java);
    keys.put(SpecKeys.RESOURCES, java ? anyOf(map(resource), named(resource)) : named(resource));
    ObjectNode source = section(union(SpecKeys.SOURCE, provider.sourceKeys()), keys);
    if (!java) {
      source.putArray("required").add(SpecKeys.RESOURCES);
    }
    return source;
  }

  private static ObjectNode resource(Set<String> own, boolean java) {
    Map<String, ObjectNode> keys = new HashMap<>();
    own.forEach(key -> keys.put(key, any()));
    keys.put(SpecKeys.TABLE, SchemaParts.tableName());
    keys.put(SpecKeys.PRIMARY_KEY, SchemaParts.oneOrMore(text()));
    keys.put(SpecKeys.WRITE_DISPOSITION, WriteRulesSection.schema());
    keys.putAll(WriteRulesSection.schemaBeside());
    keys.put(SpecKeys.EVOLUTION, reference(SpecKeys.EVOLUTION));
    keys.put(SpecKeys.COLUMNS, map(anyOf(SchemaParts.dataType(), column())));
    keys.put(SpecKeys.PARTITION_BY, SchemaParts.oneOrMore(SchemaParts.partitionField()));
    keys.put(SpecKeys.RENAME_COLUMNS, map(text()));
    keys.put(SpecKeys.DROP_COLUMNS, SchemaParts.oneOrMore(text()));
    keys.put(SpecKeys.TABLE_SETTINGS, TableSettingsSection.schema());
    keys.put(SpecKeys.MAX_NESTING, SchemaParts.number(0, ResourceSections.MOST_NESTING));
    keys.put(SpecKeys.NAMING, SchemaParts.words(NamingRules.Style.class));
    keys.put(SpecKeys.ON_COLLISION, SchemaParts.words(NamingRules.OnCollision.class));
    keys.put(SpecKeys.ON_LOSSY, SchemaParts.words(OnLossy.class));
    keys.put(SpecKeys.ON_NULL_KEY, SchemaParts.words(OnNullKey.class));
    keys.put(SpecKeys.ALLOW_EMPTY, SchemaParts.flag());
    keys.put(SpecKeys.INCREMENTAL, IncrementalSection.schema(java));
    keys.put(PartitionsSection.PARTITIONS, PartitionsSection.schema());
    keys.put(SpecKeys.ADD_COLUMNS, map(text()));
    keys.put(
        ContractKeys.CONTRACT, anyOf(text(), ContractKeys.schema(reference(SpecKeys.EVOLUTION))));
    keys.put(QuarantineSection.QUARANTINE, QuarantineSection.schema());
    ObjectNode resource = section(union(SpecKeys.RESOURCE, own), keys);
    if (!java) {
      mergeNeedsAKey(resource);
    }
    return resource;
  }

  private static void mergeNeedsAKey(ObjectNode resource) {
    ObjectNode merge = resource.putObject("if");
    merge.putObject("properties").putObject(SpecKeys.WRITE_DISPOSITION).put("const", MERGE);
    merge.putArray("required").add(SpecKeys.WRITE_DISPOSITION);
    ArrayNode keys = resource.putObject("then").putArray("anyOf");
    keys.addObject().putArray("required").add(SpecKeys.PRIMARY_KEY);
    keys.addObject().putArray("required").add(WriteRulesSection.MERGE_KEY);
  }

  private static ObjectNode column() {
    return section(Set.of(SpecKeys.TYPE), Map.of(SpecKeys.TYPE, SchemaParts.dataType()));
  }

  static ObjectNode evolution() {
    ObjectNode modes =
        section(
            SpecKeys.EVOLUTION_KEYS,
            Map.of(
                SpecKeys.TABLES, SchemaParts.mode(),
                SpecKeys.COLUMNS, SchemaParts.mode(),
                SpecKeys.DATA_TYPE, SchemaParts.mode()));
    return anyOf(SchemaParts.mode(), modes);
  }

  private static ObjectNode destination() {
    return section(
        SpecKeys.DESTINATION_KEYS,
        Map.of(SpecKeys.TYPE, text(), SpecKeys.CATALOG, text(), SpecKeys.NAMESPACE, text()));
  }

  private static ObjectNode concurrency() {
    return section(
        SpecKeys.CONCURRENCY_KEYS,
        Map.of(SpecKeys.ON_LOCKED, SchemaParts.words(OnLocked.class), SpecKeys.LEASE, text()));
  }

  private static ObjectNode limits() {
    Map<String, ObjectNode> keys = new HashMap<>();
    for (String key : SpecKeys.LIMIT_KEYS) {
      keys.put(key, SchemaParts.number(1, SpecReader.MOST_COUNT));
    }
    keys.put(SpecKeys.LINE_BYTES, SchemaParts.size(1, SpecReader.MOST_COUNT));
    keys.put(SpecKeys.STRING_BYTES, SchemaParts.size(1, SpecReader.MOST_COUNT));
    keys.put(SpecKeys.THREADS, SchemaParts.number(0, SpecReader.MOST_THREADS));
    keys.put(SpecKeys.MEMORY_BYTES, SchemaParts.size(0, SpecReader.MOST_BYTES));
    return section(SpecKeys.LIMIT_KEYS, keys);
  }

  private static Set<String> union(Collection<String> ours, Collection<String> theirs) {
    Set<String> all = new TreeSet<>(ours);
    all.addAll(theirs);
    return all;
  }
}
