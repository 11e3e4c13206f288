package dev.firn.internal.discover;

import dev.firn.contract.ContractFile;
import dev.firn.contract.Quarantine;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.UseContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.time.Durations;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.SortField;
import dev.firn.schema.TableSettings;
import dev.firn.source.Resource;
import dev.firn.source.TableSetting;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What annotations say of a table beyond its columns. */
final class TableParts {
  private TableParts() {}

  static ColumnEdits edits(Resource resource, String where, Mistakes mistakes) {
    Map<String, String> renames = pairs(resource.renameColumns(), where, mistakes);
    List<ColumnEdits> edits = new ArrayList<>();
    mistakes.passes(
        where, () -> edits.add(new ColumnEdits(renames, List.of(resource.dropColumns()))));
    return edits.isEmpty() ? ColumnEdits.NONE : edits.get(0);
  }

  /** The contract that a method names. */
  static Optional<SchemaContract> contract(Method method, String where, Mistakes mistakes) {
    UseContract use = method.getAnnotation(UseContract.class);
    List<SchemaContract> contract = new ArrayList<>();
    if (use != null) {
      mistakes.passes(where, () -> contract.add(ContractFile.of(use.value())));
    }
    return contract.stream().findFirst();
  }

  static TableSettings settings(TableSetting said, String where, Mistakes mistakes) {
    List<SortField> sortBy = fields(said.sortBy(), SortField::parse, where, mistakes);
    Map<String, String> metrics = pairs(said.metrics(), where, mistakes);
    Map<String, String> properties = pairs(said.properties(), where, mistakes);
    List<TableSettings> settings = new ArrayList<>();
    mistakes.passes(
        where,
        () ->
            settings.add(
                new TableSettings(
                        said.formatVersion(),
                        sortBy,
                        said.targetFileSize(),
                        List.of(said.bloomFilters()),
                        metrics,
                        properties)
                    .checked()));
    return settings.isEmpty() ? TableSettings.NONE : settings.get(0);
  }

  static Quarantine quarantine(Resource resource, String where, Mistakes mistakes) {
    String retention = resource.quarantineRetention();
    Optional<Duration> time = retention.isEmpty() ? Optional.empty() : Durations.parse(retention);
    if (!retention.isEmpty() && time.isEmpty()) {
      mistakes.add(where + "quarantineRetention is '" + retention + "', which is no duration.");
    }
    List<Quarantine> said = new ArrayList<>();
    mistakes.passes(where, () -> said.add(new Quarantine(resource.quarantine(), time)));
    return said.isEmpty() ? Quarantine.DEFAULT : said.get(0);
  }

  static <T> List<T> fields(
      String[] texts, Function<String, T> parser, String where, Mistakes mistakes) {
    List<T> fields = new ArrayList<>();
    for (String text : texts) {
      mistakes.passes(where, () -> fields.add(parser.apply(text)));
    }
    return fields;
  }

  /** {@code name: value} each. */
  static Map<String, String> pairs(String[] texts, String where, Mistakes mistakes) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      mistakes.passes(
          where,
          () -> {
            int colon = text.indexOf(':');
            if (colon < 1) {
              throw new FirnException(
                  ErrorCode.INVALID_SOURCE,
                  "'" + text + "' is no name with a value.",
                  "Write name: value.");
            }
            pairs.put(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
          });
    }
    return pairs;
  }
}
