package dev.firn.internal.yaml;

import dev.firn.contract.BadRows;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.ValidatorSpec;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a contract, from a file of its own or below a resource. */
final class ContractSections {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,38}(\\.[0-9]{1,38})?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Set<Simple> WHOLE_TYPES = EnumSet.of(Simple.INT32, Simple.LONG);
  private static final Set<Simple> NUMBER_TYPES =
      EnumSet.of(Simple.INT32, Simple.LONG, Simple.FLOAT, Simple.DOUBLE);

  private ContractSections() {}

  /**
   * The contract of a resource: a section, or the path of its file.
   *
   * @param folder where paths begin
   */
  static Optional<SchemaContract> of(Fields resource, Path folder, Problems problems) {
    ConfigNode node = resource.node(ContractKeys.CONTRACT).orElse(null);
    if (node instanceof Section) {
      return resource
          .section("the contract of " + resource.what(), node)
          .map(section -> read("contract", section));
    }
    return resource
        .text(ContractKeys.CONTRACT)
        .flatMap(path -> file(path, folder, resource, problems));
  }

  private static Optional<SchemaContract> file(
      String path, Path folder, Fields resource, Problems problems) {
    try {
      String text = Files.readString(folder.resolve(path));
      return Optional.of(read(path, text, problems));
    } catch (IOException | InvalidPathException e) {
      resource.problem(
          resource.origin(ContractKeys.CONTRACT),
          "The contract " + path + " cannot be read.",
          "Name a file of UTF-8 text, from the pipeline's folder.");
      return Optional.empty();
    }
  }

  /** The contract that a file says, be it YAML or a JSON Schema. */
  static SchemaContract read(String path, String text, Problems problems) {
    boolean json = path.endsWith(".json");
    Section written =
        json ? JsonText.read(path, text, problems) : YamlText.read(path, text, problems);
    Section contract =
        JsonSchemaReader.reads(written) ? JsonSchemaReader.read(written, problems) : written;
    return read(path, new Fields("the contract", contract, problems));
  }

  /**
   * The contract that a section says; what is wrong with it becomes problems.
   *
   * @param name where the contract says none
   */
  static SchemaContract read(String name, Fields fields) {
    fields.onlyKeys(ContractKeys.TOP);
    List<ColumnContract> columns = new ArrayList<>();
    Optional<Fields> section = fields.section(SpecKeys.COLUMNS, "'columns' of " + fields.what());
    section.ifPresent(
        written -> written.keys().forEach(column -> columns.add(column(column, written))));
    List<ValidatorSpec> validators = validators(fields);
    boolean checks = fields.node(ChecksSection.CHECKS).isPresent();
    if (columns.isEmpty() && validators.isEmpty() && !checks && fields.sound()) {
      fields.problem(
          fields.origin(),
          "No 'columns' in " + fields.what() + ".",
          "Name columns with their rules: columns: {id: {required: true}}.");
    }
    return new SchemaContract(
        fields.text(ContractKeys.CONTRACT).orElse(name),
        fields.number(SpecKeys.VERSION, 1, Integer.MAX_VALUE).orElse(1L).intValue(),
        ResourceSections.evolution(fields),
        fields.word(ContractKeys.ON_VIOLATION, OnViolation.class).orElse(OnViolation.FAIL),
        fields.parsed(ContractKeys.MAX_BAD_ROWS, BadRows::parse),
        columns,
        validators,
        ChecksSection.read(fields));
  }

  private static List<ValidatorSpec> validators(Fields contract) {
    List<ValidatorSpec> validators = new ArrayList<>();
    for (Fields fields :
        contract.listed(ContractKeys.VALIDATORS, "a validator of " + contract.what())) {
      Optional<String> type = fields.text(SpecKeys.TYPE);
      if (type.isEmpty()) {
        fields.problem(
            fields.origin(), "No 'type' in " + fields.what() + ".", "Name what judges the rows.");
      }
      validators.add(
          new ValidatorSpec(
              type.orElse(""),
              fields.word(ContractKeys.ON_VIOLATION, OnViolation.class),
              fields.others(List.of(SpecKeys.TYPE, ContractKeys.ON_VIOLATION))));
    }
    return validators;
  }

  private static ColumnContract column(String name, Fields columns) {
    if (!(columns.node(name).orElse(null) instanceof Section section)) {
      Optional<DataType> type = columns.parsed(name, ResourceSections::type);
      return new ColumnContract(name, type, List.of(), Optional.empty());
    }
    RuleSections said = RuleSections.of(name, section, columns);
    Fields fields = columns.section("column '" + name + "'", said.plain()).orElse(columns);
    fields.onlyKeys(ContractKeys.COLUMN);
    Optional<DataType> type = fields.parsed(SpecKeys.TYPE, ResourceSections::type);
    List<Rule> rules = new ArrayList<>();
    if (fields.flag(ContractKeys.REQUIRED).orElse(false)) {
      rules.add(new Rule.Required());
    }
    bounds(fields, type, rules);
    lengths(fields, type, rules);
    pattern(fields, type, rules);
    choice(fields, type, rules);
    format(fields, type, rules);
    if (EmptyChoice.in(rules)) {
      fields.problem(
          fields.origin(ContractKeys.ENUM),
          "No value in the enum of " + fields.what() + " keeps its other rules.",
          "Correct the enum, or leave the other rules out.");
    }
    fields
        .parsed(ContractKeys.UNIQUE, ContractSections::unique)
        .flatMap(scope -> scope)
        .ifPresent(scope -> rules.add(new Rule.Unique(scope)));
    return new ColumnContract(
        name,
        type,
        rules,
        fields.word(ContractKeys.ON_VIOLATION, OnViolation.class),
        fields.parsed(ContractKeys.MAX_BAD_ROWS, BadRows::parse),
        said.terms(rules));
  }

  private static Optional<Rule.Unique.Scope> unique(String text) {
    return switch (text) {
      case "false" -> Optional.empty();
      case "true", "load" -> Optional.of(Rule.Unique.Scope.LOAD);
      case "table" -> Optional.of(Rule.Unique.Scope.TABLE);
      default ->
          throw new FirnException(
              ErrorCode.INVALID_CONFIG,
              "'" + text + "' is no value of 'unique'.",
              "Use true or load for the rows of a load, table for those of the table, too.");
    };
  }

  private static void bounds(Fields fields, Optional<DataType> type, List<Rule> rules) {
    Optional<BigDecimal> least = bound(fields, ContractKeys.MIN, type);
    Optional<BigDecimal> above = bound(fields, ContractKeys.EXCLUSIVE_MIN, type);
    Optional<BigDecimal> most = bound(fields, ContractKeys.MAX, type);
    Optional<BigDecimal> below = bound(fields, ContractKeys.EXCLUSIVE_MAX, type);
    least.ifPresent(bound -> rules.add(new Rule.AtLeast(bound, false)));
    above.ifPresent(bound -> rules.add(new Rule.AtLeast(bound, true)));
    most.ifPresent(bound -> rules.add(new Rule.AtMost(bound, false)));
    below.ifPresent(bound -> rules.add(new Rule.AtMost(bound, true)));
    contradiction(fields, ContractKeys.MIN, least, ContractKeys.MAX, most, false);
    contradiction(fields, ContractKeys.MIN, least, ContractKeys.EXCLUSIVE_MAX, below, true);
    contradiction(fields, ContractKeys.EXCLUSIVE_MIN, above, ContractKeys.MAX, most, true);
    contradiction(
        fields, ContractKeys.EXCLUSIVE_MIN, above, ContractKeys.EXCLUSIVE_MAX, below, true);
  }

  private static Optional<BigDecimal> bound(Fields fields, String key, Optional<DataType> type) {
    boolean number =
        type.map(found -> found instanceof DataType.Decimal || NUMBER_TYPES.contains(found))
            .orElse(false);
    requireType(fields, key, number, "a type of numbers, such as long or double");
    return fields.parsed(key, ContractSections::number);
  }

  private static BigDecimal number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "'" + text + "' is no number.", "Write digits: 20, -0.5.");
    }
    return new BigDecimal(text);
  }

  private static <T extends Comparable<T>> void contradiction(
      Fields fields, String low, Optional<T> least, String high, Optional<T> most, boolean open) {
    if (least.isPresent() && most.isPresent()) {
      int order = least.get().compareTo(most.get());
      if (order > 0 || (open && order == 0)) {
        fields.problem(
            fields.origin(high),
            "No value of %s can keep both %s %s and %s %s."
                .formatted(fields.what(), low, least.get(), high, most.get()),
            "Make " + low + " the smaller one.");
      }
    }
  }

  private static void requireType(Fields fields, String key, boolean fits, String wanted) {
    if (fields.node(key).isPresent() && !fits) {
      fields.problem(
          fields.origin(key),
          "'%s' in %s needs %s.".formatted(key, fields.what(), wanted),
          "Add 'type', or leave the rule out.");
    }
  }

  private static boolean text(Optional<DataType> type) {
    return type.isPresent() && type.get() == Simple.STRING;
  }

  private static void lengths(Fields fields, Optional<DataType> type, List<Rule> rules) {
    requireType(fields, ContractKeys.MIN_LENGTH, text(type), "type: string");
    requireType(fields, ContractKeys.MAX_LENGTH, text(type), "type: string");
    Optional<Long> least = fields.number(ContractKeys.MIN_LENGTH, 0, Integer.MAX_VALUE);
    Optional<Long> most = fields.number(ContractKeys.MAX_LENGTH, 0, Integer.MAX_VALUE);
    least.ifPresent(length -> rules.add(new Rule.MinLength(length.intValue())));
    most.ifPresent(length -> rules.add(new Rule.MaxLength(length.intValue())));
    contradiction(fields, ContractKeys.MIN_LENGTH, least, ContractKeys.MAX_LENGTH, most, false);
  }

  private static void pattern(Fields fields, Optional<DataType> type, List<Rule> rules) {
    requireType(fields, ContractKeys.PATTERN, text(type), "type: string");
    fields
        .text(ContractKeys.PATTERN)
        .ifPresent(
            pattern -> {
              Optional<String> mistake = Patterns.mistake(pattern);
              if (mistake.isEmpty()) {
                rules.add(new Rule.Matches(pattern));
              } else {
                fields.problem(
                    fields.origin(ContractKeys.PATTERN),
                    "The pattern of %s is no regular expression: %s."
                        .formatted(fields.what(), mistake.get()),
                    Patterns.HINT);
              }
            });
  }

  private static void format(Fields fields, Optional<DataType> type, List<Rule> rules) {
    requireType(fields, ContractKeys.FORMAT, text(type), "type: string");
    fields
        .word(ContractKeys.FORMAT, Rule.Format.Kind.class)
        .ifPresent(kind -> rules.add(new Rule.Format(kind)));
  }

  private static void choice(Fields fields, Optional<DataType> type, List<Rule> rules) {
    boolean whole = type.isPresent() && WHOLE_TYPES.contains(type.get());
    requireType(
        fields, ContractKeys.ENUM, whole || text(type), "type: string, or a type of whole numbers");
    List<String> values = fields.texts(ContractKeys.ENUM);
    for (String value : values) {
      if (whole && !WHOLE.matcher(value).matches()) {
        fields.problem(
            fields.origin(ContractKeys.ENUM),
            "'%s' in the enum of %s is no whole number.".formatted(value, fields.what()),
            "");
      }
    }
    if (!values.isEmpty()) {
      rules.add(new Rule.OneOf(values));
    } else if (fields.node(ContractKeys.ENUM).isPresent()) {
      fields.problem(
          fields.origin(ContractKeys.ENUM),
          "The enum of %s allows no value.".formatted(fields.what()),
          "List the values, or leave the rule out.");
    }
  }
}
