package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.JsonSchemaReader.entry;
import static dev.firn.internal.yaml.JsonSchemaReader.text;
import static dev.firn.internal.yaml.JsonSchemaWords.DEFS;
import static dev.firn.internal.yaml.JsonSchemaWords.FIRN;
import static dev.firn.internal.yaml.JsonSchemaWords.REF;

import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is left of a JSON Schema when columns have taken theirs: a validator's settings. */
final class JsonSchemaRest {
  /** The validator that takes what is left. */
  static final String VALIDATOR = "json-schema";

  /** Its setting. */
  static final String SETTING = "schema";

  /** Its other setting: how addresses begin that may be fetched. */
  static final String REMOTE_REFS = "remote-refs";

  private static final String WHOLE = "#/" + DEFS + "/whole";

  private final Section root;
  private final Section rest;

  /**
   * @param root the schema as it was written
   */
  JsonSchemaRest(Section root, Section rest) {
    this.root = root;
    this.rest = rest;
  }

  /** As a contract lists it. */
  Section validator(Section firn) {
    Map<String, Entry> schema = new LinkedHashMap<>(((Section) local(rest)).entries());
    Map<String, Entry> definitions = new LinkedHashMap<>();
    root.section(DEFS).ifPresent(own -> definitions.putAll(((Section) local(own)).entries()));
    if (refersTo(WHOLE, new Section(schema, rest.origin()))
        || refersTo(WHOLE, new Section(definitions, rest.origin()))) {
      definitions.putIfAbsent("whole", entry(local(root.without(FIRN).without(DEFS))));
    }
    if (refersTo("#", new Section(schema, rest.origin()))) {
      schema.put(DEFS, entry(new Section(definitions, rest.origin())));
    }
    Map<String, Entry> settings = new LinkedHashMap<>();
    settings.put(SpecKeys.TYPE, entry(text(VALIDATOR, rest.origin())));
    settings.put(SETTING, entry(new Section(schema, rest.origin())));
    Entry remote = firn.entries().get(REMOTE_REFS);
    if (remote != null) {
      settings.put(REMOTE_REFS, remote);
    }
    return new Section(settings, rest.origin());
  }

  /** The node with references into the rest of the file leading into a copy of the whole. */
  private static ConfigNode local(ConfigNode node) {
    if (node instanceof Section section) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      section
          .entries()
          .forEach(
              (key, entry) -> {
                boolean moved =
                    key.equals(REF)
                        && entry.value() instanceof Scalar to
                        && to.text().startsWith("#")
                        && !to.text().startsWith("#/" + DEFS + "/");
                ConfigNode value =
                    moved
                        ? text(
                            WHOLE + ((Scalar) entry.value()).text().substring(1),
                            entry.value().origin())
                        : local(entry.value());
                entries.put(key, new Entry(entry.key(), value));
              });
      return new Section(entries, section.origin());
    } else if (node instanceof Listing listing) {
      return new Listing(
          listing.items().stream().map(JsonSchemaRest::local).toList(), listing.origin());
    }
    return node;
  }

  private static boolean refersTo(String start, ConfigNode node) {
    if (node instanceof Section section) {
      return section.entries().entrySet().stream()
          .anyMatch(each -> refersTo(start, each.getKey(), each.getValue().value()));
    }
    return node instanceof Listing listing
        && listing.items().stream().anyMatch(item -> refersTo(start, item));
  }

  private static boolean refersTo(String start, String key, ConfigNode value) {
    boolean reference = key.equals(REF) && value instanceof Scalar;
    return reference ? ((Scalar) value).text().startsWith(start) : refersTo(start, value);
  }
}
