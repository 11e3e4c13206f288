package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.source.NamingRules;
import dev.firn.source.ResourceSpec;
import dev.firn.source.ResourceSpec.OnLossy;
import dev.firn.source.ResourceSpec.OnNullKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the section of one resource, short forms and all. */
final class ResourceSections {
  static final int MOST_NESTING = 1_000;

  private ResourceSections() {}

  static ResourceSpec read(String name, Fields fields) {
    Optional<String> table = fields.text(SpecKeys.TABLE);
    fields.parsed(SpecKeys.TABLE, ResourceSections::tableName);
    WriteRulesSection.Written written = WriteRulesSection.read(fields);
    ObjectNode options = fields.others(SpecKeys.RESOURCE);
    return new ResourceSpec(
        name,
        table,
        fields.parsedAll(SpecKeys.PRIMARY_KEY, ResourceSpec::keyColumn),
        written.disposition(),
        written.rules(),
        evolution(fields),
        columns(fields),
        edits(fields),
        fields.parsedAll(SpecKeys.PARTITION_BY, PartitionField::parse),
        TableSettingsSection.read(fields),
        nesting(fields),
        naming(fields),
        fields.word(SpecKeys.ON_LOSSY, OnLossy.class).orElse(OnLossy.WARN),
        fields.word(SpecKeys.ON_NULL_KEY, OnNullKey.class).orElse(OnNullKey.FAIL),
        fields.flag(SpecKeys.ALLOW_EMPTY).orElse(true),
        IncrementalSection.read(fields),
        PartitionsSection.read(fields),
        fields.map(SpecKeys.ADD_COLUMNS),
        Optional.empty(),
        QuarantineSection.read(fields),
        options);
  }

  /** Checks a table's name as it will be when a run has filled in its templates. */
  private static TableName tableName(String text) {
    StringBuilder filled = new StringBuilder();
    for (TemplateText.Part part : TemplateText.parts(text)) {
      switch (part.kind()) {
        case TEXT -> filled.append(part.text());
        case ESCAPE -> filled.append("${");
        case TEMPLATE -> filled.append('x');
      }
    }
    return TableName.parse(filled.toString());
  }

  /** One mode for all, or a map of some; a mode that is left out evolves. */
  static Optional<Evolution> evolution(Fields fields) {
    String key = SpecKeys.EVOLUTION;
    if (!(fields.node(key).orElse(null) instanceof Section section)) {
      return fields.parsed(key, ContractMode::parse).map(Evolution::of);
    }
    Fields modes = fields.section("'" + key + "' of " + fields.what(), section).orElse(fields);
    modes.onlyKeys(SpecKeys.EVOLUTION_KEYS);
    return Optional.of(
        new Evolution(
            mode(modes, SpecKeys.TABLES),
            mode(modes, SpecKeys.COLUMNS),
            mode(modes, SpecKeys.DATA_TYPE)));
  }

  private static ContractMode mode(Fields modes, String key) {
    return modes.parsed(key, ContractMode::parse).orElse(ContractMode.EVOLVE);
  }

  private static Map<String, DataType> columns(Fields fields) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    Optional<Fields> section = fields.section(SpecKeys.COLUMNS, "'columns' of " + fields.what());
    section.ifPresent(written -> written.keys().forEach(name -> type(written, name, columns)));
    return columns;
  }

  private static void type(Fields written, String name, Map<String, DataType> columns) {
    Optional<DataType> type;
    if (written.node(name).orElse(null) instanceof Section section) {
      Fields column = written.section("column '" + name + "'", section).orElse(written);
      column.onlyKeys(Set.of(SpecKeys.TYPE));
      type = column.parsed(SpecKeys.TYPE, ResourceSections::type);
    } else {
      type = written.parsed(name, ResourceSections::type);
    }
    type.ifPresent(found -> columns.put(name, found));
  }

  static DataType type(String word) {
    return DataType.parse(word)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "'" + word + "' is no type.",
                    "Use boolean, int32, long, float, double, decimal(p,s), date, time, timestamp,"
                        + " timestamp_ntz, string, binary, uuid or json."));
  }

  private static OptionalInt nesting(Fields fields) {
    return fields
        .number(SpecKeys.MAX_NESTING, 0, MOST_NESTING)
        .map(levels -> OptionalInt.of(levels.intValue()))
        .orElse(OptionalInt.empty());
  }

  private static NamingRules naming(Fields fields) {
    NamingRules rules = NamingRules.DEFAULT;
    return new NamingRules(
        fields.word(SpecKeys.NAMING, NamingRules.Style.class).orElse(rules.style()),
        fields
            .word(SpecKeys.ON_COLLISION, NamingRules.OnCollision.class)
            .orElse(rules.onCollision()));
  }

  private static ColumnEdits edits(Fields fields) {
    List<String> drops = fields.texts(SpecKeys.DROP_COLUMNS);
    try {
      return new ColumnEdits(fields.map(SpecKeys.RENAME_COLUMNS), drops);
    } catch (FirnException invalid) {
      fields.problem(fields.origin(SpecKeys.RENAME_COLUMNS), invalid);
      return ColumnEdits.NONE;
    }
  }
}
