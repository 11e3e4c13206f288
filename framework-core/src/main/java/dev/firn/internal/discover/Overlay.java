package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.WriteRules;
import dev.firn.schema.ColumnEdits;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.ResourceSpec;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lays what YAML says about a resource over what its code says. */
final class Overlay {
  private static final String DISPOSITION = "write-disposition";

  private final ResourceSpec code;
  private final ResourceSpec yaml;
  private final ResourceSpec unsaid;
  private final @Nullable Set<String> written;

  private Overlay(ResourceSpec code, ResourceSpec yaml, @Nullable Set<String> written) {
    this.code = code;
    this.yaml = yaml;
    this.unsaid = ResourceSpec.named(code.name());
    this.written = written;
  }

  /**
   * The resource as both say it.
   *
   * @param written the keys that YAML spells out; null: all whose value is not the default
   */
  static ResourceSpec of(ResourceSpec code, ResourceSpec yaml, @Nullable Set<String> written) {
    Overlay overlay = new Overlay(code, yaml, written);
    return new ResourceSpec(
        code.name(),
        overlay.chosen("table", ResourceSpec::table),
        overlay.chosen("primary-key", ResourceSpec::key),
        overlay.chosen(DISPOSITION, ResourceSpec::disposition),
        overlay.rules(),
        overlay.chosen("evolution", ResourceSpec::evolution),
        overlay.chosen("columns", ResourceSpec::columns),
        overlay.edits(),
        overlay.chosen("partition-by", ResourceSpec::partitionBy),
        overlay.chosen("table-settings", ResourceSpec::tableSettings),
        overlay.chosen("max-nesting", ResourceSpec::maxNesting),
        overlay.naming(),
        overlay.chosen("on-lossy", ResourceSpec::onLossy),
        overlay.chosen("on-null-key", ResourceSpec::onNullKey),
        overlay.chosen("allow-empty", ResourceSpec::allowEmpty),
        overlay.chosen("incremental", ResourceSpec::incremental).map(overlay::completed),
        overlay.chosen("partitions", ResourceSpec::partitions),
        overlay.chosen("add-columns", ResourceSpec::addColumns),
        overlay.chosen("contract", ResourceSpec::contract),
        overlay.chosen("quarantine", ResourceSpec::quarantine),
        merged(code.options(), yaml.options()));
  }

  private <T> T chosen(String key, Function<ResourceSpec, T> part) {
    boolean said =
        written == null
            ? !Objects.equals(part.apply(yaml), part.apply(unsaid))
            : written.contains(key);
    return part.apply(said ? yaml : code);
  }

  private WriteRules rules() {
    return new WriteRules(
        chosen(DISPOSITION, spec -> spec.rules().strategy()),
        chosen("merge-key", spec -> spec.rules().mergeKey()),
        chosen("hard-delete", spec -> spec.rules().hardDelete()),
        chosen("dedup-sort", spec -> spec.rules().dedupSort()),
        chosen(DISPOSITION, spec -> spec.rules().deleteAbsent()),
        chosen(DISPOSITION, spec -> spec.rules().replacing()),
        chosen("delete-mode", spec -> spec.rules().deleteMode()),
        chosen(DISPOSITION, spec -> spec.rules().validity()));
  }

  private ColumnEdits edits() {
    return new ColumnEdits(
        chosen("rename-columns", spec -> spec.columnEdits().renames()),
        chosen("drop-columns", spec -> spec.columnEdits().drops()));
  }

  private NamingRules naming() {
    return new NamingRules(
        chosen("naming", spec -> spec.naming().style()),
        chosen("on-collision", spec -> spec.naming().onCollision()));
  }

  /** A cursor of YAML, with what only code knows of the same cursor. */
  private IncrementalSpec completed(IncrementalSpec chosen) {
    return code.incremental()
        .filter(known -> known.cursor().equals(chosen.cursor()))
        .map(chosen::completedBy)
        .orElse(chosen);
  }

  private static JsonNode merged(JsonNode code, JsonNode yaml) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    code.properties().forEach(field -> options.set(field.getKey(), field.getValue()));
    yaml.properties().forEach(field -> options.set(field.getKey(), field.getValue()));
    JsonNode rows = options.path(JavaSourceProvider.BATCH_ROWS);
    if (rows.isIntegralNumber() && rows.canConvertToInt()) {
      options.put(JavaSourceProvider.BATCH_ROWS, rows.intValue());
    }
    return options;
  }
}
