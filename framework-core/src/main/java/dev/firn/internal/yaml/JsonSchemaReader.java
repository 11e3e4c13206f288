package dev.firn.internal.yaml;

import static dev.firn.internal.yaml.JsonSchemaWords.DEFS;
import static dev.firn.internal.yaml.JsonSchemaWords.FIRN;
import static dev.firn.internal.yaml.JsonSchemaWords.PROPERTIES;
import static dev.firn.internal.yaml.JsonSchemaWords.REF;
import static dev.firn.internal.yaml.JsonSchemaWords.REQUIRED;

import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a JSON Schema into the short form of a contract. Properties with one scalar type become
 * columns, of nested objects too; what columns cannot check is left to the validator of JSON
 * Schema, as the rest of the schema.
 */
final class JsonSchemaReader {
  private final Section root;
  private final Problems problems;
  private final Map<String, Entry> columns = new LinkedHashMap<>();

  /** References on the way to the property that is read. */
  private final Deque<String> followed = new ArrayDeque<>();

  private JsonSchemaReader(Section root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Whether a contract's file holds a JSON Schema. */
  static boolean reads(Section file) {
    return file.entries().containsKey(JsonSchemaWords.SCHEMA)
        || file.entries().containsKey(PROPERTIES);
  }

  /** The contract in its short form; everything keeps the place where it was written. */
  static Section read(Section schema, Problems problems) {
    return new JsonSchemaReader(schema, problems).contract();
  }

  private Section contract() {
    Section firn = root.section(FIRN).orElseGet(() -> Section.empty(root.origin()));
    Fields own = new Fields("'x-firn'", firn, problems);
    List<String> remote = own.texts(JsonSchemaRest.REMOTE_REFS);
    new JsonSchemaCheck(remote, problems).check(root);
    Map<String, Entry> short_ = new LinkedHashMap<>();
    Entry title = root.entries().get(JsonSchemaWords.TITLE);
    if (title != null) {
      short_.put(ContractKeys.CONTRACT, title);
    }
    short_.putAll(
        firn.without(JsonSchemaRest.REMOTE_REFS).without(ContractKeys.VALIDATORS).entries());
    Section rest = object(root, "", true);
    if (!columns.isEmpty()) {
      short_.put(SpecKeys.COLUMNS, entry(new Section(columns, root.origin())));
    }
    List<ConfigNode> validators = new ArrayList<>();
    firn.value(ContractKeys.VALIDATORS)
        .ifPresent(
            node -> validators.addAll(node instanceof Listing all ? all.items() : List.of(node)));
    if (!rest.entries().isEmpty()) {
      validators.add(new JsonSchemaRest(root, rest).validator(firn));
    }
    if (!validators.isEmpty()) {
      short_.put(ContractKeys.VALIDATORS, entry(new Listing(validators, root.origin())));
    }
    return new Section(short_, root.origin());
  }

  /**
   * Makes columns of an object's properties.
   *
   * @param path of the object, empty or with a dot behind it
   * @param present whether no record may lack the object
   * @return what columns do not check
   */
  private Section object(Section schema, String path, boolean present) {
    Map<String, Entry> rest = new LinkedHashMap<>(schema.entries());
    Set.of(JsonSchemaWords.TYPE, PROPERTIES, REQUIRED, DEFS, FIRN).forEach(rest::remove);
    JsonSchemaWords.NOTES.forEach(rest::remove);
    if (path.isEmpty()) {
      requireObject(schema);
    }
    Map<String, Origin> required = required(schema);
    Map<String, Entry> properties = new LinkedHashMap<>();
    schema
        .section(PROPERTIES)
        .ifPresent(
            named ->
                named
                    .entries()
                    .forEach(
                        (name, entry) -> {
                          Wanted wanted =
                              new Wanted(
                                  path + name,
                                  present
                                      ? Optional.ofNullable(required.get(name))
                                      : Optional.empty());
                          Taken taken = property(entry, wanted);
                          taken.rest().ifPresent(left -> properties.put(name, left));
                          if (taken.required()) {
                            required.remove(name);
                          }
                        }));
    if (present) {
      Set<String> known =
          schema.section(PROPERTIES).map(named -> named.entries().keySet()).orElse(Set.of());
      required.entrySet().removeIf(name -> !known.contains(name.getKey()) && bare(path, name));
    }
    if (!properties.isEmpty()) {
      rest.put(PROPERTIES, entry(new Section(properties, schema.origin())));
    }
    if (!required.isEmpty()) {
      List<ConfigNode> names = new ArrayList<>();
      required.forEach((name, origin) -> names.add(text(name, origin)));
      rest.put(REQUIRED, entry(new Listing(names, schema.origin())));
    }
    return new Section(rest, schema.origin());
  }

  /** A required name without a schema: a column of any type. */
  private boolean bare(String path, Map.Entry<String, Origin> name) {
    Map<String, Entry> rule =
        Map.of(ContractKeys.REQUIRED, entry(new Scalar("true", Style.PLAIN, name.getValue())));
    columns.put(path + name.getKey(), entry(new Section(rule, name.getValue())));
    return true;
  }

  private void requireObject(Section schema) {
    schema
        .value(JsonSchemaWords.TYPE)
        .filter(
            type -> !(type instanceof Scalar word && word.text().equals(JsonSchemaWords.OBJECT)))
        .ifPresent(
            type ->
                problems.add(type.origin(), "A contract is of objects.", "Write 'type: object'."));
  }

  private static Map<String, Origin> required(Section schema) {
    Map<String, Origin> names = new LinkedHashMap<>();
    if (schema.value(REQUIRED).orElse(null) instanceof Listing listing) {
      for (ConfigNode item : listing.items()) {
        if (item instanceof Scalar name) {
          names.put(name.text(), name.origin());
        }
      }
    }
    return names;
  }

  /**
   * A property to be read.
   *
   * @param required where it says that no record may lack it
   */
  record Wanted(String path, Optional<Origin> required) {}

  /**
   * What became of a property.
   *
   * @param rest of its schema
   * @param required whether a column requires it now
   */
  record Taken(Optional<Entry> rest, boolean required) {
    static Taken nothing(Entry all) {
      return new Taken(Optional.of(all), false);
    }
  }

  private Taken property(Entry entry, Wanted wanted) {
    if (!(entry.value() instanceof Section schema)) {
      boolean anything = entry.value() instanceof Scalar flag && flag.text().equals("true");
      return anything ? new Taken(Optional.empty(), false) : Taken.nothing(entry);
    }
    Entry reference = schema.entries().get(REF);
    if (reference != null && reference.value() instanceof Scalar to) {
      return referred(entry, to, wanted);
    }
    JsonSchemaColumn column = new JsonSchemaColumn(schema);
    if (column.nested()) {
      boolean present = wanted.required().isPresent() && !column.nullable();
      int before = columns.size();
      Section rest = object(schema, wanted.path() + ".", present);
      boolean implied = columns.size() > before && present && requiresOne(wanted.path() + ".");
      return new Taken(entryIf(entry, rest), implied);
    } else if (column.scalar()) {
      boolean required = wanted.required().isPresent() && !column.nullable();
      Optional<Origin> place = required ? wanted.required() : Optional.empty();
      columns.put(wanted.path(), new Entry(entry.key(), column.shortForm(place)));
      return new Taken(entryIf(entry, column.rest()), required);
    }
    return Taken.nothing(entry);
  }

  private boolean requiresOne(String path) {
    return columns.entrySet().stream()
        .anyMatch(
            each ->
                each.getKey().startsWith(path)
                    && each.getValue().value() instanceof Section rules
                    && rules.value(ContractKeys.REQUIRED).isPresent());
  }

  private static Optional<Entry> entryIf(Entry of, Section rest) {
    return rest.entries().isEmpty() ? Optional.empty() : Optional.of(new Entry(of.key(), rest));
  }

  private Taken referred(Entry entry, Scalar to, Wanted wanted) {
    Optional<ConfigNode> target = target(to.text());
    if (!JsonSchemaCheck.local(to.text())) {
      return Taken.nothing(entry);
    } else if (target.isEmpty()) {
      problems.add(to.origin(), "There is nothing at " + to.text() + ".", "Correct the reference.");
      return new Taken(Optional.empty(), false);
    } else if (followed.contains(to.text())) {
      problems.add(
          to.origin(),
          "The schema at " + to.text() + " holds itself, so its columns have no end.",
          "Bound it, or put what repeats into a list: child tables may hold themselves.");
      return new Taken(Optional.empty(), false);
    }
    followed.push(to.text());
    Taken taken = property(new Entry(entry.key(), target.get()), wanted);
    followed.pop();
    return taken;
  }

  private Optional<ConfigNode> target(String reference) {
    ConfigNode at = root;
    String[] steps = reference.equals("#") ? new String[0] : reference.split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      String name = steps[i].replace("~1", "/").replace("~0", "~");
      if (!(at instanceof Section section) || section.value(name).isEmpty()) {
        return Optional.empty();
      }
      at = section.value(name).get();
    }
    return Optional.of(at);
  }

  static Entry entry(ConfigNode value) {
    return new Entry(value.origin(), value);
  }

  static Scalar text(String text, Origin origin) {
    return new Scalar(text, Style.QUOTED, origin);
  }
}
