package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Quarantine;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.time.Durations;
import dev.firn.internal.yaml.ConfigNode.Section;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What of a resource is kept aside: its key, read and written, and its JSON Schema. */
final class QuarantineSection {
  static final String QUARANTINE = "quarantine";
  private static final String KEEP = "keep";
  private static final String RETENTION = "retention";
  static final Set<String> KEYS = Set.of(KEEP, RETENTION);

  private QuarantineSection() {}

  /** A word, or a section. */
  static Quarantine read(Fields resource) {
    Quarantine normal = Quarantine.DEFAULT;
    if (!(resource.node(QUARANTINE).orElse(null) instanceof Section section)) {
      return new Quarantine(
          resource.word(QUARANTINE, Quarantine.Keep.class).orElse(normal.keep()),
          normal.retention());
    }
    Fields said = resource.section("'quarantine' of " + resource.what(), section).orElse(resource);
    said.onlyKeys(KEYS);
    return new Quarantine(
        said.word(KEEP, Quarantine.Keep.class).orElse(normal.keep()),
        said.parsed(RETENTION, QuarantineSection::retention));
  }

  private static Duration retention(String text) {
    return Durations.parse(text)
        .filter(time -> !time.isZero() && !time.isNegative())
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "'" + text + "' is no time to keep rows for.",
                    "Write a duration such as 30d or 12h."));
  }

  static void write(ObjectNode resource, Quarantine said) {
    Quarantine normal = Quarantine.DEFAULT;
    if (said.retention().isPresent()) {
      ObjectNode section = resource.putObject(QUARANTINE);
      if (said.keep() != normal.keep()) {
        section.put(KEEP, word(said));
      }
      section.put(RETENTION, said.retention().get().toString());
    } else if (said.keep() != normal.keep()) {
      resource.put(QUARANTINE, word(said));
    }
  }

  static String word(Quarantine said) {
    return said.keep().name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode schema() {
    ObjectNode keep = SchemaParts.words(Quarantine.Keep.class);
    ObjectNode section =
        SchemaParts.section(KEYS, Map.of(KEEP, keep.deepCopy(), RETENTION, SchemaParts.lag()));
    return SchemaParts.anyOf(keep, section);
  }
}
