package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.load.DedupSort;
import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Replacing;
import dev.firn.load.Validity;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.source.ResourceSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a resource says of how its rows meet those that are there: the long form of {@code
 * write-disposition} and the keys beside it, read, written and described.
 */
final class WriteRulesSection {
  static final String MERGE_KEY = "merge-key";
  static final String HARD_DELETE = "hard-delete";
  static final String DEDUP_SORT = "dedup-sort";
  static final String DELETE_MODE = "delete-mode";

  /** Keys of a resource. */
  static final Set<String> BESIDE = Set.of(MERGE_KEY, HARD_DELETE, DEDUP_SORT, DELETE_MODE);

  private static final String MODE = "mode";
  private static final String STRATEGY = "strategy";
  private static final String ABSENT = "absent";
  private static final String SCOPE = "scope";
  private static final String PARTITION = "partition";
  private static final String VALID_FROM = "valid-from";
  private static final String VALID_TO = "valid-to";
  private static final String ACTIVE = "active-timestamp";
  private static final String BOUNDARY = "boundary-timestamp";
  private static final String ROW_VERSION = "row-version";

  /** Keys of {@code write-disposition}. */
  static final Set<String> KEYS =
      Set.of(
          MODE,
          STRATEGY,
          ABSENT,
          SCOPE,
          PARTITION,
          VALID_FROM,
          VALID_TO,
          ACTIVE,
          BOUNDARY,
          ROW_VERSION);

  private WriteRulesSection() {}

  /** Whether keys that are absent from a load go. */
  private enum Absent {
    KEEP,
    DELETE
  }

  /** Both together, as one section says them. */
  record Written(WriteDisposition disposition, WriteRules rules) {}

  static Written read(Fields resource) {
    String key = SpecKeys.WRITE_DISPOSITION;
    WriteRules beside = beside(resource);
    if (!(resource.node(key).orElse(null) instanceof Section section)) {
      Optional<WriteDisposition> mode = resource.parsed(key, WriteDisposition::parse);
      return new Written(mode.orElse(WriteDisposition.APPEND), beside);
    }
    Fields fields =
        resource.section("'" + key + "' of " + resource.what(), section).orElse(resource);
    fields.onlyKeys(KEYS);
    WriteRules rules = inside(fields, beside);
    Optional<WriteDisposition> mode = fields.parsed(MODE, WriteDisposition::parse);
    return new Written(mode.orElseGet(() -> implied(rules)), rules);
  }

  private static WriteDisposition implied(WriteRules rules) {
    boolean merge =
        rules.strategy().isPresent()
            || rules.deleteAbsent()
            || !rules.validity().equals(Validity.DEFAULT);
    boolean replace = !rules.replacing().equals(Replacing.ALL);
    return merge
        ? WriteDisposition.MERGE
        : replace ? WriteDisposition.REPLACE : WriteDisposition.APPEND;
  }

  private static WriteRules beside(Fields resource) {
    WriteRules plain = WriteRules.DEFAULT;
    return new WriteRules(
        plain.strategy(),
        resource.parsedAll(MERGE_KEY, ResourceSpec::keyColumn),
        resource.parsed(HARD_DELETE, ResourceSpec::keyColumn),
        resource.parsed(DEDUP_SORT, DedupSort::parse),
        plain.deleteAbsent(),
        plain.replacing(),
        resource.parsed(DELETE_MODE, DeleteMode::parse),
        plain.validity());
  }

  private static WriteRules inside(Fields fields, WriteRules beside) {
    boolean replace = fields.text(STRATEGY).filter(WriteRulesSection::isOfReplace).isPresent();
    Optional<MergeStrategy> merge =
        replace ? Optional.empty() : fields.parsed(STRATEGY, MergeStrategy::parse);
    Replacing replacing =
        new Replacing(
            fields.parsed(SCOPE, Replacing.Scope::parse).orElse(Replacing.Scope.TABLE),
            replace
                ? fields.parsed(STRATEGY, Replacing.Strategy::parse).orElseThrow()
                : Replacing.ALL.strategy(),
            fields.map(PARTITION));
    Validity plain = Validity.DEFAULT;
    return new WriteRules(
        merge,
        beside.mergeKey(),
        beside.hardDelete(),
        beside.dedupSort(),
        fields.word(ABSENT, Absent.class).orElse(Absent.KEEP) == Absent.DELETE,
        replacing,
        beside.deleteMode(),
        new Validity(
            fields.text(VALID_FROM).orElse(plain.from()),
            fields.text(VALID_TO).orElse(plain.to()),
            fields.text(ACTIVE),
            fields.text(BOUNDARY),
            fields.parsed(ROW_VERSION, ResourceSpec::keyColumn)));
  }

  private static boolean isOfReplace(String text) {
    String word = text.strip().replace('_', '-');
    return Arrays.stream(Replacing.Strategy.values())
        .anyMatch(each -> each.word().equalsIgnoreCase(word));
  }

  /**
   * Writes what is no default.
   *
   * @param always whether the mode is written even if it is the default
   */
  static void write(
      ObjectNode resource, WriteDisposition disposition, WriteRules rules, boolean always) {
    ObjectNode long_ = JsonNodeFactory.instance.objectNode();
    rules.strategy().ifPresent(strategy -> long_.put(STRATEGY, strategy.word()));
    if (rules.deleteAbsent()) {
      long_.put(ABSENT, "delete");
    }
    write(long_, rules.replacing());
    write(long_, rules.validity());
    if (!long_.isEmpty()) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode().put(MODE, disposition.word());
      resource.set(SpecKeys.WRITE_DISPOSITION, whole.setAll(long_));
    } else if (always) {
      resource.put(SpecKeys.WRITE_DISPOSITION, disposition.word());
    }
    SpecWriter.list(resource, MERGE_KEY, rules.mergeKey());
    rules.hardDelete().ifPresent(column -> resource.put(HARD_DELETE, column));
    rules.dedupSort().ifPresent(sort -> resource.put(DEDUP_SORT, sort.toString()));
    rules.deleteMode().ifPresent(mode -> resource.put(DELETE_MODE, mode.word()));
  }

  private static void write(ObjectNode node, Replacing replacing) {
    Replacing plain = Replacing.ALL;
    if (replacing.strategy() != plain.strategy()) {
      node.put(STRATEGY, replacing.strategy().word());
    }
    if (replacing.scope() != plain.scope()) {
      node.put(SCOPE, replacing.scope().word());
    }
    SpecWriter.map(node, PARTITION, replacing.partition());
  }

  private static void write(ObjectNode node, Validity validity) {
    Validity plain = Validity.DEFAULT;
    if (!validity.from().equals(plain.from())) {
      node.put(VALID_FROM, validity.from());
    }
    if (!validity.to().equals(plain.to())) {
      node.put(VALID_TO, validity.to());
    }
    validity.active().ifPresent(time -> node.put(ACTIVE, time));
    validity.boundary().ifPresent(time -> node.put(BOUNDARY, time));
    validity.rowVersion().ifPresent(column -> node.put(ROW_VERSION, column));
  }

  /** The JSON Schema of {@code write-disposition}. */
  static ObjectNode schema() {
    Map<String, ObjectNode> keys = new HashMap<>();
    keys.put(MODE, SchemaParts.disposition());
    Stream<String> merge = Arrays.stream(MergeStrategy.values()).map(MergeStrategy::word);
    Stream<String> replace =
        Arrays.stream(Replacing.Strategy.values()).map(Replacing.Strategy::word);
    keys.put(STRATEGY, SchemaParts.words(Stream.concat(merge, replace).toList()));
    keys.put(ABSENT, SchemaParts.words(Absent.class));
    keys.put(SCOPE, SchemaParts.words(Replacing.Scope.class));
    keys.put(PARTITION, SchemaParts.map(SchemaParts.text()));
    for (String text : List.of(VALID_FROM, VALID_TO, ACTIVE, BOUNDARY, ROW_VERSION)) {
      keys.put(text, SchemaParts.text());
    }
    return SchemaParts.anyOf(SchemaParts.disposition(), SchemaParts.section(KEYS, keys));
  }

  /** The JSON Schemas of the keys beside it. */
  static Map<String, ObjectNode> schemaBeside() {
    Stream<String> modes = Arrays.stream(DeleteMode.values()).map(DeleteMode::word);
    return Map.of(
        MERGE_KEY, SchemaParts.oneOrMore(SchemaParts.text()),
        HARD_DELETE, SchemaParts.text(),
        DEDUP_SORT, SchemaParts.text(),
        DELETE_MODE, SchemaParts.words(modes.toList()));
  }
}
