package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.IncrementalRules;
import dev.firn.internal.time.Durations;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.Bound;
import dev.firn.source.IncrementalSpec.LastValue;
import dev.firn.source.IncrementalSpec.OnMissing;
import dev.firn.source.IncrementalSpec.RowOrder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The key {@code incremental} of a resource: read, written and described for editors. */
final class IncrementalSection {
  private static final String END = "end";
  private static final String UNTIL = "until";
  private static final String LAST_VALUE = "last-value";
  private static final String RANGE_START = "range-start";
  private static final String RANGE_END = "range-end";
  private static final String ROW_ORDER = "row-order";
  private static final String ON_MISSING = "on-missing";
  private static final String UNIQUE_BY = "unique-by";
  private static final String DEDUPLICATE = "deduplicate";
  static final Set<String> KEYS =
      Set.of(
          SpecKeys.CURSOR,
          SpecKeys.TYPE,
          SpecKeys.INITIAL,
          END,
          UNTIL,
          SpecKeys.LAG,
          LAST_VALUE,
          RANGE_START,
          RANGE_END,
          ROW_ORDER,
          ON_MISSING,
          UNIQUE_BY,
          DEDUPLICATE);

  private static final Pattern LAG_NUMBER = Pattern.compile("[0-9]{1,19}(\\.[0-9]{1,19})?");

  private IncrementalSection() {}

  /** The path of a cursor alone, or a section. */
  static Optional<IncrementalSpec> read(Fields fields) {
    String key = SpecKeys.INCREMENTAL;
    if (!(fields.node(key).orElse(null) instanceof Section section)) {
      return fields.text(key).map(IncrementalSpec::on);
    }
    String what = "'" + key + "' of " + fields.what();
    Fields window = fields.section(what, section).orElse(fields);
    window.onlyKeys(KEYS);
    Optional<String> cursor = window.text(SpecKeys.CURSOR);
    if (cursor.isEmpty()) {
      fields.problem(
          section.origin(), "No 'cursor' in " + what + ".", "Name the field that grows.");
    }
    return cursor.map(path -> read(path, window));
  }

  /** Notes what does not go together; of a source in Java this is known with its code only. */
  static void check(IncrementalSpec spec, Fields fields) {
    IncrementalRules.problems(spec)
        .forEach(
            problem ->
                fields.problem(
                    fields.origin(SpecKeys.INCREMENTAL),
                    "'incremental' of " + fields.what() + ": " + problem,
                    ""));
  }

  private static IncrementalSpec read(String path, Fields window) {
    IncrementalSpec plain = IncrementalSpec.on(path);
    return new IncrementalSpec(
        path,
        window.parsed(SpecKeys.TYPE, ResourceSections::type),
        window.text(SpecKeys.INITIAL),
        window.text(END),
        window.text(UNTIL),
        window.parsed(SpecKeys.LAG, IncrementalSection::lag),
        window.word(LAST_VALUE, LastValue.class).orElse(plain.lastValue()),
        window.word(RANGE_START, Bound.class).orElse(plain.rangeStart()),
        window.word(RANGE_END, Bound.class).orElse(plain.rangeEnd()),
        window.word(ROW_ORDER, RowOrder.class).orElse(plain.rowOrder()),
        window.word(ON_MISSING, OnMissing.class).orElse(plain.onMissing()),
        window.texts(UNIQUE_BY),
        window.flag(DEDUPLICATE).orElse(plain.deduplicate()),
        Optional.empty());
  }

  /** A lag as it is written; whether it fits the cursor shows when the cursor's type is known. */
  private static String lag(String text) {
    boolean number = LAG_NUMBER.matcher(text).matches();
    if (!number && Durations.parse(text).isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + text + "' is no lag.",
          "Write a duration such as 30s, 5m, 1h30m, 1d or PT5M for times, a number for numbers.");
    }
    return text;
  }

  /** The section that reads back to this. */
  static JsonNode write(IncrementalSpec spec) {
    IncrementalSpec plain = IncrementalSpec.on(spec.cursor());
    ObjectNode node = JsonNodeFactory.instance.objectNode().put(SpecKeys.CURSOR, spec.cursor());
    spec.type().ifPresent(type -> node.put(SpecKeys.TYPE, type.word()));
    spec.initial().ifPresent(value -> node.put(SpecKeys.INITIAL, value));
    spec.end().ifPresent(value -> node.put(END, value));
    spec.until().ifPresent(value -> node.put(UNTIL, value));
    spec.lag().ifPresent(lag -> node.put(SpecKeys.LAG, lag));
    SpecWriter.word(node, LAST_VALUE, spec.lastValue(), plain.lastValue());
    SpecWriter.word(node, RANGE_START, spec.rangeStart(), plain.rangeStart());
    SpecWriter.word(node, RANGE_END, spec.rangeEnd(), plain.rangeEnd());
    SpecWriter.word(node, ROW_ORDER, spec.rowOrder(), plain.rowOrder());
    SpecWriter.word(node, ON_MISSING, spec.onMissing(), plain.onMissing());
    SpecWriter.list(node, UNIQUE_BY, spec.uniqueBy());
    if (!spec.deduplicate()) {
      node.put(DEDUPLICATE, false);
    }
    return node.size() == 1 ? JsonNodeFactory.instance.textNode(spec.cursor()) : node;
  }

  /**
   * For editors.
   *
   * @param java whether code may say what is left out
   */
  static ObjectNode schema(boolean java) {
    ObjectNode window =
        SchemaParts.section(
            KEYS,
            Map.ofEntries(
                Map.entry(SpecKeys.CURSOR, SchemaParts.text()),
                Map.entry(SpecKeys.TYPE, SchemaParts.dataType()),
                Map.entry(SpecKeys.INITIAL, SchemaParts.text()),
                Map.entry(END, SchemaParts.text()),
                Map.entry(UNTIL, SchemaParts.text()),
                Map.entry(SpecKeys.LAG, SchemaParts.lag()),
                Map.entry(LAST_VALUE, SchemaParts.words(LastValue.class)),
                Map.entry(RANGE_START, SchemaParts.words(Bound.class)),
                Map.entry(RANGE_END, SchemaParts.words(Bound.class)),
                Map.entry(ROW_ORDER, SchemaParts.words(RowOrder.class)),
                Map.entry(ON_MISSING, SchemaParts.words(OnMissing.class)),
                Map.entry(UNIQUE_BY, SchemaParts.oneOrMore(SchemaParts.text())),
                Map.entry(DEDUPLICATE, SchemaParts.flag())));
    window.putArray("required").add(SpecKeys.CURSOR);
    if (!java) {
      ObjectNode needs = window.putObject("dependentRequired");
      needs.putArray(END).add(SpecKeys.INITIAL);
    }
    return SchemaParts.anyOf(SchemaParts.text(), window);
  }
}
