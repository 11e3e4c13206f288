package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.FirnException;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.PartitionsSpec.Every;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The key {@code partitions} of a resource: read, written and described for editors. */
final class PartitionsSection {
  static final String PARTITIONS = "partitions";
  private static final String EVERY = "every";
  private static final String START = "start";
  private static final String TIMEZONE = "timezone";
  private static final String LAG = "lag";
  static final Set<String> KEYS = Set.of(EVERY, START, TIMEZONE, LAG);

  private static final String SOME_UNIT = Every.DAY.word();
  private static final String SOME_DAY = "2024-01-01";

  private PartitionsSection() {}

  static Optional<PartitionsSpec> read(Fields fields) {
    if (fields.node(PARTITIONS).isEmpty()) {
      return Optional.empty();
    }
    String what = "'" + PARTITIONS + "' of " + fields.what();
    Optional<Fields> section =
        fields.node(PARTITIONS).orElseThrow() instanceof Section
            ? fields.section(PARTITIONS, what)
            : Optional.empty();
    if (section.isEmpty() || section.get().text(EVERY).isEmpty()) {
      fields.problem(
          fields.origin(PARTITIONS),
          "No 'every' in " + what + ".",
          "Write {every: day, start: 2024-01-31}.");
      return Optional.empty();
    }
    return section.flatMap(written -> read(written, fields, what));
  }

  private static Optional<PartitionsSpec> read(Fields written, Fields fields, String what) {
    written.onlyKeys(KEYS);
    Optional<String> start = written.text(START);
    if (start.isEmpty()) {
      fields.problem(
          fields.origin(PARTITIONS),
          "No 'start' in " + what + ".",
          "Name the day of the first partition: start: 2024-01-31.");
      return Optional.empty();
    }
    if (!eachIsSound(written)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PartitionsSpec.parse(
              written.text(EVERY).orElse(""),
              start.get(),
              written.text(TIMEZONE).orElse(""),
              written.text(LAG).orElse("")));
    } catch (FirnException wrong) {
      fields.problem(fields.origin(PARTITIONS), wrong);
      return Optional.empty();
    }
  }

  /** Reads each key beside others that are right, so that a mistake is found at its own place. */
  private static boolean eachIsSound(Fields written) {
    boolean sound = sound(written, EVERY, text -> PartitionsSpec.parse(text, SOME_DAY, "", ""));
    sound &= sound(written, START, text -> PartitionsSpec.parse(SOME_UNIT, text, "", ""));
    sound &= sound(written, TIMEZONE, text -> PartitionsSpec.parse(SOME_UNIT, SOME_DAY, text, ""));
    sound &= sound(written, LAG, text -> PartitionsSpec.parse(SOME_UNIT, SOME_DAY, "", text));
    return sound;
  }

  private static boolean sound(Fields written, String key, Function<String, PartitionsSpec> parse) {
    return written.node(key).isEmpty() || written.parsed(key, parse).isPresent();
  }

  static ObjectNode write(PartitionsSpec spec) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put(EVERY, spec.every().word());
    boolean day = spec.start().toLocalTime().equals(LocalTime.MIDNIGHT);
    node.put(START, day ? spec.start().toLocalDate().toString() : spec.start().toString());
    if (!spec.timezone().equals(ZoneOffset.UTC)) {
      node.put(TIMEZONE, spec.timezone().getId());
    }
    spec.lag().ifPresent(lag -> node.put(LAG, lag.toString()));
    return node;
  }

  /** For editors. */
  static ObjectNode schema() {
    ObjectNode node =
        SchemaParts.section(
            KEYS,
            Map.of(
                EVERY, SchemaParts.words(Every.class),
                START, SchemaParts.text(),
                TIMEZONE, SchemaParts.text(),
                LAG, SchemaParts.lag()));
    node.putArray("required").add(EVERY).add(START);
    return node;
  }
}
