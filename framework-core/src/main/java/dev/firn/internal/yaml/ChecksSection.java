package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.BadRows;
import dev.firn.contract.Check;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule.Unique.Scope;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.expression.ExpressionParser;
import dev.firn.internal.time.Durations;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What a contract asks of rows together: read, written, and its JSON Schema. */
final class ChecksSection {
  static final String CHECKS = "checks";

  private static final String ROW_COUNT = "row-count";
  private static final String FRESHNESS = "freshness";
  private static final String NULL_SHARE = "null-share";
  private static final String UNIQUE = "unique";
  private static final String EXPRESSION = "expression";
  private static final Set<String> KINDS =
      Set.of(ROW_COUNT, FRESHNESS, NULL_SHARE, UNIQUE, EXPRESSION);

  private static final String MIN = ContractKeys.MIN;
  private static final String MAX = ContractKeys.MAX;
  private static final String COLUMN = "column";
  private static final String MAX_AGE = "max-age";
  private static final String NAME = "name";
  private static final String SQL = "sql";
  private static final String SCOPE = "scope";
  private static final String ON_VIOLATION = ContractKeys.ON_VIOLATION;

  /** Another word for on-violation: warn or fail. */
  private static final String SEVERITY = "severity";

  private ChecksSection() {}

  static List<Check> read(Fields contract) {
    List<Check> checks = new ArrayList<>();
    for (Fields item : contract.listed(CHECKS, "a check of " + contract.what())) {
      item.onlyKeys(KINDS);
      if (item.keys().size() != 1) {
        item.problem(
            item.origin(),
            "A check has one kind, but this one has %d.".formatted(item.keys().size()),
            "Write one of: " + String.join(", ", new TreeSet<>(KINDS)) + ".");
      }
      item.keys().stream().filter(KINDS::contains).forEach(kind -> read(item, kind, checks));
    }
    return checks;
  }

  /** Conditions in the form that is read. */
  static Listing conditions(String[] texts, Origin origin) {
    List<ConfigNode> items = new ArrayList<>();
    for (String text : texts) {
      ConfigNode value = new Scalar(text, Style.QUOTED, origin);
      items.add(new Section(Map.of(EXPRESSION, new Entry(origin, value)), origin));
    }
    return new Listing(items, origin);
  }

  private static void read(Fields item, String kind, List<Check> into) {
    String what = "check '" + kind + "'";
    if (!(item.node(kind).orElse(null) instanceof Section section)) {
      shortForm(item, kind, into);
      return;
    }
    Fields fields = item.section(what, section).orElse(item);
    switch (kind) {
      case ROW_COUNT -> rowCount(fields, into);
      case FRESHNESS -> freshness(fields, into);
      case NULL_SHARE -> nullShare(fields, into);
      case UNIQUE -> unique(fields, into);
      default -> expression(fields, into);
    }
  }

  /** {@code unique: [a, b]}, {@code expression: "a < b"}. */
  private static void shortForm(Fields item, String kind, List<Check> into) {
    if (kind.equals(UNIQUE)) {
      into.add(new Check.Unique(item.texts(kind), Optional.empty()));
    } else if (kind.equals(EXPRESSION)) {
      item.parsed(kind, ChecksSection::condition)
          .ifPresent(text -> into.add(new Check.Expression(text, text, Optional.empty())));
    } else {
      item.problem(
          item.origin(kind),
          "The check '" + kind + "' needs keys of its own.",
          "Write them in braces: " + kind + ": {...}.");
    }
  }

  private static void rowCount(Fields fields, List<Check> into) {
    fields.onlyKeys(Set.of(MIN, MAX, SEVERITY, ON_VIOLATION));
    OptionalLong min = number(fields, MIN);
    OptionalLong max = number(fields, MAX);
    if (min.isPresent() && max.isPresent() && min.getAsLong() > max.getAsLong()) {
      fields.problem(
          fields.origin(MAX),
          "No load has at least %d and at most %d rows."
              .formatted(min.getAsLong(), max.getAsLong()),
          "Make min the smaller one.");
    } else if (min.isEmpty() && max.isEmpty() && fields.sound()) {
      fields.problem(fields.origin(), "No 'min' and no 'max' in row-count.", "Write min: 1.");
    }
    into.add(new Check.RowCount(min, max, word(fields)));
  }

  private static OptionalLong number(Fields fields, String key) {
    Optional<Long> number = fields.number(key, 0, Long.MAX_VALUE);
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  private static void freshness(Fields fields, List<Check> into) {
    fields.onlyKeys(Set.of(COLUMN, MAX_AGE, SEVERITY, ON_VIOLATION));
    Optional<String> column = required(fields, COLUMN);
    Optional<Duration> age =
        required(fields, MAX_AGE).isPresent()
            ? fields.parsed(MAX_AGE, ChecksSection::duration)
            : Optional.empty();
    if (column.isPresent() && age.isPresent()) {
      into.add(new Check.Freshness(column.get(), age.get(), word(fields)));
    }
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "'" + text + "' is no length of time.",
                    "Write a duration such as 2h or 1d."));
  }

  private static void nullShare(Fields fields, List<Check> into) {
    fields.onlyKeys(Set.of(COLUMN, MAX, SEVERITY, ON_VIOLATION));
    Optional<String> column = required(fields, COLUMN);
    Optional<BigDecimal> most =
        required(fields, MAX).isPresent()
            ? fields.parsed(MAX, ChecksSection::percent)
            : Optional.empty();
    if (column.isPresent() && most.isPresent()) {
      into.add(new Check.NullShare(column.get(), most.get(), word(fields)));
    }
  }

  private static BigDecimal percent(String text) {
    BadRows share = BadRows.parse(text);
    if (!share.percent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "'" + text + "' is no share.", "Write a percentage: 5%.");
    }
    return share.amount();
  }

  private static void unique(Fields fields, List<Check> into) {
    fields.onlyKeys(Set.of(SpecKeys.COLUMNS, SCOPE, SEVERITY, ON_VIOLATION));
    required(fields, SpecKeys.COLUMNS);
    Scope scope = fields.word(SCOPE, Scope.class).orElse(Scope.LOAD);
    into.add(new Check.Unique(fields.texts(SpecKeys.COLUMNS), scope, word(fields)));
  }

  private static void expression(Fields fields, List<Check> into) {
    fields.onlyKeys(Set.of(NAME, SQL, SEVERITY, ON_VIOLATION));
    if (required(fields, SQL).isPresent()) {
      fields
          .parsed(SQL, ChecksSection::condition)
          .ifPresent(
              text ->
                  into.add(
                      new Check.Expression(fields.text(NAME).orElse(text), text, word(fields))));
    }
  }

  private static String condition(String text) {
    ExpressionParser.parse(text);
    return text;
  }

  private static Optional<String> required(Fields fields, String key) {
    if (fields.node(key).isEmpty()) {
      fields.problem(fields.origin(), "No '" + key + "' in " + fields.what() + ".", "Add it.");
      return Optional.empty();
    }
    List<String> texts = fields.texts(key);
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(0));
  }

  private static Optional<OnViolation> word(Fields fields) {
    return fields
        .word(ON_VIOLATION, OnViolation.class)
        .or(() -> fields.word(SEVERITY, Severity.class).map(Severity::word));
  }

  private enum Severity {
    WARN,
    FAIL;

    OnViolation word() {
      return this == WARN ? OnViolation.WARN : OnViolation.FAIL;
    }
  }

  static void write(ObjectNode contract, List<Check> checks) {
    if (!checks.isEmpty()) {
      ArrayNode items = contract.putArray(CHECKS);
      checks.forEach(check -> write(check, items.addObject()));
    }
  }

  private static void write(Check check, ObjectNode item) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    if (check instanceof Check.RowCount count) {
      item.set(ROW_COUNT, fields);
      count.min().ifPresent(least -> fields.put(MIN, least));
      count.max().ifPresent(most -> fields.put(MAX, most));
    } else if (check instanceof Check.Freshness fresh) {
      item.set(FRESHNESS, fields);
      fields.put(COLUMN, fresh.column()).put(MAX_AGE, fresh.maxAge().toString());
    } else if (check instanceof Check.NullShare share) {
      item.set(NULL_SHARE, fields);
      fields.put(COLUMN, share.column()).put(MAX, share.percent().toPlainString() + "%");
    } else if (check instanceof Check.Unique unique) {
      item.set(UNIQUE, fields);
      unique.columns().forEach(fields.putArray(SpecKeys.COLUMNS)::add);
      if (unique.scope() == Scope.TABLE) {
        fields.put(SCOPE, unique.scope().word());
      }
    } else if (check instanceof Check.Expression expression) {
      item.set(EXPRESSION, fields);
      fields.put(NAME, expression.name()).put(SQL, expression.condition());
    }
    check.onViolation().ifPresent(word -> fields.put(ON_VIOLATION, word.word()));
  }

  static ObjectNode schema() {
    ObjectNode number = SchemaParts.number(0, Integer.MAX_VALUE);
    ObjectNode columns = SchemaParts.oneOrMore(SchemaParts.text());
    Map<String, ObjectNode> kinds =
        Map.of(
            ROW_COUNT, kind(Map.of(MIN, number, MAX, number.deepCopy())),
            FRESHNESS, kind(Map.of(COLUMN, SchemaParts.text(), MAX_AGE, SchemaParts.lag())),
            NULL_SHARE,
                kind(
                    Map.of(
                        COLUMN, SchemaParts.text(), MAX, SchemaParts.spelled(ContractKeys.SHARE))),
            UNIQUE,
                SchemaParts.anyOf(
                    columns,
                    kind(
                        Map.of(
                            SpecKeys.COLUMNS,
                            columns.deepCopy(),
                            SCOPE,
                            SchemaParts.words(Scope.class)))),
            EXPRESSION,
                SchemaParts.anyOf(
                    SchemaParts.text(),
                    kind(Map.of(NAME, SchemaParts.text(), SQL, SchemaParts.text()))));
    return SchemaParts.oneOrMore(SchemaParts.section(KINDS, kinds));
  }

  private static ObjectNode kind(Map<String, ObjectNode> own) {
    Map<String, ObjectNode> keys = new HashMap<>(own);
    keys.put(ON_VIOLATION, SchemaParts.words(OnViolation.class));
    keys.put(SEVERITY, SchemaParts.words(Severity.class));
    return SchemaParts.section(keys.keySet(), keys);
  }
}
