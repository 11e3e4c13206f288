package dev.firn.internal.yaml;

import static dev.firn.schema.TableSettings.BLOOM_FILTERS;
import static dev.firn.schema.TableSettings.FORMAT_VERSION;
import static dev.firn.schema.TableSettings.METRICS;
import static dev.firn.schema.TableSettings.PROPERTIES;
import static dev.firn.schema.TableSettings.SORT_BY;
import static dev.firn.schema.TableSettings.TARGET_FILE_SIZE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.FirnException;
import dev.firn.schema.SortField;
import dev.firn.schema.TableSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The section {@code table-settings} of a resource: read, written and described. */
final class TableSettingsSection {
  static final Set<String> KEYS =
      Set.of(FORMAT_VERSION, SORT_BY, TARGET_FILE_SIZE, BLOOM_FILTERS, METRICS, PROPERTIES);

  private static final String METRICS_MODE = "none|counts|full|truncate\\([1-9][0-9]{0,3}\\)";

  private TableSettingsSection() {}

  static TableSettings read(Fields resource) {
    String name = "'" + SpecKeys.TABLE_SETTINGS + "' of " + resource.what();
    return resource
        .section(SpecKeys.TABLE_SETTINGS, name)
        .map(TableSettingsSection::settings)
        .orElse(TableSettings.NONE);
  }

  private static TableSettings settings(Fields fields) {
    fields.onlyKeys(KEYS);
    int version = fields.number(FORMAT_VERSION, 2, 3).orElse(0L).intValue();
    List<SortField> sortBy = fields.parsedAll(SORT_BY, SortField::parse);
    long size = fields.number(TARGET_FILE_SIZE, 1, SpecReader.MOST_BYTES).orElse(0L);
    try {
      return new TableSettings(
              version,
              sortBy,
              size,
              fields.texts(BLOOM_FILTERS),
              fields.map(METRICS),
              fields.map(PROPERTIES))
          .checked();
    } catch (FirnException invalid) {
      fields.problem(fields.origin(METRICS), invalid);
      return TableSettings.NONE;
    }
  }

  static void write(ObjectNode resource, TableSettings settings) {
    if (settings.isEmpty()) {
      return;
    }
    ObjectNode node = resource.putObject(SpecKeys.TABLE_SETTINGS);
    if (settings.formatVersion() != 0) {
      node.put(FORMAT_VERSION, settings.formatVersion());
    }
    SpecWriter.list(node, SORT_BY, settings.sortBy());
    if (settings.targetFileSize() != 0) {
      node.put(TARGET_FILE_SIZE, settings.targetFileSize());
    }
    SpecWriter.list(node, BLOOM_FILTERS, settings.bloomFilters());
    SpecWriter.map(node, METRICS, settings.metrics());
    SpecWriter.map(node, PROPERTIES, settings.properties());
  }

  /** The JSON Schema of the section. */
  static ObjectNode schema() {
    Map<String, ObjectNode> keys = new LinkedHashMap<>();
    ObjectNode versions = JsonNodeFactory.instance.objectNode();
    versions.putArray("enum").add(2).add(3);
    keys.put(FORMAT_VERSION, versions);
    keys.put(SORT_BY, SchemaParts.oneOrMore(SchemaParts.text()));
    keys.put(TARGET_FILE_SIZE, SchemaParts.size(1, SpecReader.MOST_BYTES));
    keys.put(BLOOM_FILTERS, SchemaParts.oneOrMore(SchemaParts.text()));
    keys.put(METRICS, SchemaParts.map(SchemaParts.pattern("^(" + METRICS_MODE + ")$")));
    keys.put(PROPERTIES, SchemaParts.map(SchemaParts.text()));
    return SchemaParts.section(KEYS, keys);
  }
}
