package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must change in how a table is kept. What nobody asks for stays. */
final class SettingsDiff {
  private final TableSettings has;
  private final TableSettings wanted;
  private final List<SchemaChange> changes;

  private SettingsDiff(TableSettings has, TableSettings wanted, List<SchemaChange> changes) {
    this.has = has;
    this.wanted = wanted;
    this.changes = changes;
  }

  /**
   * Adds the changes from one schema's partitioning and settings to another's.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the format version would go back
   */
  static void between(TableSchema current, TableSchema incoming, List<SchemaChange> changes) {
    List<PartitionField> fields = incoming.partitionBy();
    if (!fields.isEmpty() && !new HashSet<>(fields).equals(new HashSet<>(current.partitionBy()))) {
      changes.add(new SchemaChange.Repartition(current.partitionBy(), fields));
    }
    new SettingsDiff(current.settings(), incoming.settings(), changes).add(current.name());
  }

  private void add(TableName table) {
    if (wanted.formatVersion() != 0 && wanted.formatVersion() < has.formatVersion()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has format version %d, which cannot go back to %d."
              .formatted(table, has.formatVersion(), wanted.formatVersion()),
          "Correct table-settings.format-version.");
    }
    setting(TableSettings.FORMAT_VERSION, has.formatVersion(), wanted.formatVersion());
    if (!wanted.sortBy().isEmpty() && !wanted.sortBy().equals(has.sortBy())) {
      changes.add(new SchemaChange.Resort(has.sortBy(), wanted.sortBy()));
    }
    setting(TableSettings.TARGET_FILE_SIZE, has.targetFileSize(), wanted.targetFileSize());
    for (String column : wanted.bloomFilters()) {
      if (!has.bloomFilters().contains(column)) {
        changes.add(
            new SchemaChange.ChangeSetting(
                TableSettings.BLOOM_FILTERS, column, Optional.empty(), "true"));
      }
    }
    settings(TableSettings.METRICS, has.metrics(), wanted.metrics());
    settings(TableSettings.PROPERTIES, has.properties(), wanted.properties());
  }

  private void setting(String key, long from, long to) {
    if (to != 0 && from != to) {
      Optional<String> before = from == 0 ? Optional.empty() : Optional.of(Long.toString(from));
      changes.add(new SchemaChange.ChangeSetting(key, "", before, Long.toString(to)));
    }
  }

  private void settings(String key, Map<String, String> from, Map<String, String> to) {
    to.forEach(
        (name, value) -> {
          if (!value.equals(from.get(name))) {
            Optional<String> before = Optional.ofNullable(from.get(name));
            changes.add(new SchemaChange.ChangeSetting(key, name, before, value));
          }
        });
  }
}
