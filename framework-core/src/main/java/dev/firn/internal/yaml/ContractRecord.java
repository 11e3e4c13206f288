package dev.firn.internal.yaml;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Declared;
import dev.firn.contract.Format;
import dev.firn.contract.Matches;
import dev.firn.contract.Max;
import dev.firn.contract.MaxLength;
import dev.firn.contract.Min;
import dev.firn.contract.MinLength;
import dev.firn.contract.Named;
import dev.firn.contract.OneOf;
import dev.firn.contract.Required;
import dev.firn.contract.Unique;
import dev.firn.contract.WhenViolated;
import dev.firn.internal.normalize.Names;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.NamingRules;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** Turns an annotated Java record into the short form of a contract. */
final class ContractRecord {
  private static final Map<Class<?>, DataType> TYPES = types();
  private static final int LONGEST_NAME = 255;

  private final Names names = new Names(NamingRules.Style.SNAKE_CASE, LONGEST_NAME);
  private final Problems problems;
  private final Map<String, Entry> columns = new LinkedHashMap<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private ContractRecord(Problems problems) {
    this.problems = problems;
  }

  /** The contract in its short form; places are components of the record. */
  static Section read(Class<?> type, Problems problems) {
    return new ContractRecord(problems).contract(type);
  }

  private Section contract(Class<?> type) {
    Origin origin = Origin.of(type.getName());
    Contract said = type.getAnnotation(Contract.class);
    if (!type.isRecord() || said == null) {
      problems.add(
          origin,
          "It is no record with @Contract.",
          "Write a Java record: one component a column.");
      return Section.empty(origin);
    }
    Map<String, Entry> top = new LinkedHashMap<>();
    String name = said.name().isEmpty() ? names.key(type.getSimpleName()) : said.name();
    put(top, ContractKeys.CONTRACT, text(name, origin));
    put(top, SpecKeys.VERSION, plain(Integer.toString(said.version()), origin));
    evolution(said, origin).ifPresent(modes -> put(top, SpecKeys.EVOLUTION, modes));
    put(top, ContractKeys.ON_VIOLATION, text(said.onViolation().word(), origin));
    if (!said.maxBadRows().isEmpty()) {
      put(top, ContractKeys.MAX_BAD_ROWS, text(said.maxBadRows(), origin));
    }
    components(type, "");
    put(top, SpecKeys.COLUMNS, new Section(columns, origin));
    if (said.checks().length > 0) {
      put(top, ChecksSection.CHECKS, ChecksSection.conditions(said.checks(), origin));
    }
    return new Section(top, origin);
  }

  private static Optional<Section> evolution(Contract said, Origin origin) {
    List<ContractMode> modes = List.of(said.tables(), said.columns(), said.dataType());
    if (modes.stream().allMatch(mode -> mode == ContractMode.EVOLVE)) {
      return Optional.empty();
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    put(entries, SpecKeys.TABLES, text(said.tables().word(), origin));
    put(entries, SpecKeys.COLUMNS, text(said.columns().word(), origin));
    put(entries, SpecKeys.DATA_TYPE, text(said.dataType().word(), origin));
    return Optional.of(new Section(entries, origin));
  }

  private void components(Class<?> type, String path) {
    if (open.contains(type)) {
      problems.add(
          Origin.of(type.getName()),
          "The record holds itself, so its columns have no end.",
          "Put what repeats into a list.");
      return;
    }
    open.push(type);
    for (RecordComponent component : type.getRecordComponents()) {
      Origin origin = Origin.of(type.getName() + "." + component.getName());
      Named named = component.getAnnotation(Named.class);
      String name = path + (named == null ? names.key(component.getName()) : named.value());
      if (component.getType().isRecord() && component.getAnnotation(Declared.class) == null) {
        components(component.getType(), name + ".");
      } else {
        column(component, origin).ifPresent(column -> put(columns, name, column));
      }
    }
    open.pop();
  }

  /** The rules of a component; nothing for a list, which is a child table. */
  private Optional<Section> column(RecordComponent component, Origin origin) {
    Class<?> type = component.getType();
    boolean array = type.isArray() && type != byte[].class;
    boolean list = array || Iterable.class.isAssignableFrom(type);
    Rules rules = new Rules(component, origin);
    Declared declared = component.getAnnotation(Declared.class);
    if (declared != null) {
      rules.put(SpecKeys.TYPE, text(declared.value(), origin));
    } else if (list) {
      return Optional.empty();
    } else {
      String word = type.isEnum() ? Simple.STRING.word() : word(type);
      rules.put(SpecKeys.TYPE, text(word, origin));
    }
    if (type.isPrimitive() || component.isAnnotationPresent(Required.class)) {
      rules.put(ContractKeys.REQUIRED, plain("true", origin));
    }
    bounds(rules);
    rules.each(MinLength.class, ContractKeys.MIN_LENGTH, said -> plain("" + said.value(), origin));
    rules.each(MaxLength.class, ContractKeys.MAX_LENGTH, said -> plain("" + said.value(), origin));
    rules.each(Matches.class, ContractKeys.PATTERN, said -> text(said.value(), origin));
    rules.each(OneOf.class, ContractKeys.ENUM, said -> texts(List.of(said.value()), origin));
    if (type.isEnum()) {
      List<String> constants =
          Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
      rules.put(ContractKeys.ENUM, texts(constants, origin));
    }
    rules.each(Unique.class, ContractKeys.UNIQUE, said -> text(said.value().word(), origin));
    rules.each(Format.class, ContractKeys.FORMAT, said -> text(said.value().word(), origin));
    for (WhenViolated violated : component.getAnnotationsByType(WhenViolated.class)) {
      violated(violated, rules);
    }
    return Optional.of(new Section(rules.entries, origin));
  }

  /** What becomes of violations: of all rules, or of one. */
  private void violated(WhenViolated said, Rules rules) {
    Map<String, Entry> into = said.rule().isEmpty() ? rules.entries : new LinkedHashMap<>();
    put(into, ContractKeys.ON_VIOLATION, text(said.value().word(), rules.origin));
    if (!said.maxBadRows().isEmpty()) {
      put(into, ContractKeys.MAX_BAD_ROWS, text(said.maxBadRows(), rules.origin));
    }
    Entry rule = rules.entries.get(said.rule());
    if (rule != null && ContractKeys.RULES.contains(said.rule())) {
      into.put(ContractKeys.VALUE, rule);
      rules.put(said.rule(), new Section(into, rules.origin));
    } else if (!said.rule().isEmpty()) {
      problems.add(
          rules.origin,
          "@WhenViolated is of the rule '" + said.rule() + "', which the component does not have.",
          "Name a rule by its key in YAML: "
              + String.join(", ", new TreeSet<>(ContractKeys.RULES))
              + ".");
    }
  }

  private static void bounds(Rules rules) {
    rules.each(
        Min.class,
        said -> said.exclusive() ? ContractKeys.EXCLUSIVE_MIN : ContractKeys.MIN,
        said -> number(said.value(), rules.origin));
    rules.each(
        Max.class,
        said -> said.exclusive() ? ContractKeys.EXCLUSIVE_MAX : ContractKeys.MAX,
        said -> number(said.value(), rules.origin));
  }

  private String word(Class<?> type) {
    DataType known = TYPES.get(type);
    return (known == null ? Simple.JSON : known).word();
  }

  /** The keys of one column in the making. */
  private record Rules(RecordComponent component, Origin origin, Map<String, Entry> entries) {
    Rules(RecordComponent component, Origin origin) {
      this(component, origin, new LinkedHashMap<>());
    }

    void put(String key, ConfigNode value) {
      ContractRecord.put(entries, key, value);
    }

    <A extends Annotation> void each(Class<A> type, String key, Function<A, ConfigNode> value) {
      each(type, said -> key, value);
    }

    <A extends Annotation> void each(
        Class<A> type, Function<A, String> key, Function<A, ConfigNode> value) {
      A said = component.getAnnotation(type);
      if (said != null) {
        put(key.apply(said), value.apply(said));
      }
    }
  }

  private static void put(Map<String, Entry> entries, String key, ConfigNode value) {
    entries.put(key, new Entry(value.origin(), value));
  }

  private static Scalar text(String text, Origin origin) {
    return new Scalar(text, Style.QUOTED, origin);
  }

  private static Scalar plain(String text, Origin origin) {
    return new Scalar(text, Style.PLAIN, origin);
  }

  private static Scalar number(double value, Origin origin) {
    boolean finite = Math.abs(value) <= Double.MAX_VALUE;
    String text =
        finite ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() : "" + value;
    return plain(text, origin);
  }

  private static Listing texts(List<String> texts, Origin origin) {
    List<ConfigNode> items = new ArrayList<>();
    texts.forEach(each -> items.add(text(each, origin)));
    return new Listing(items, origin);
  }

  private static Map<Class<?>, DataType> types() {
    Map<Class<?>, DataType> types = new HashMap<>();
    List.of(Byte.class, byte.class, Short.class, short.class, Integer.class, int.class)
        .forEach(each -> types.put(each, Simple.LONG));
    types.put(Long.class, Simple.LONG);
    types.put(long.class, Simple.LONG);
    types.put(Boolean.class, Simple.BOOLEAN);
    types.put(boolean.class, Simple.BOOLEAN);
    types.put(Float.class, Simple.FLOAT);
    types.put(float.class, Simple.FLOAT);
    types.put(Double.class, Simple.DOUBLE);
    types.put(double.class, Simple.DOUBLE);
    types.put(BigDecimal.class, new DataType.Decimal(38, 9));
    types.put(BigInteger.class, new DataType.Decimal(38, 0));
    types.put(String.class, Simple.STRING);
    types.put(CharSequence.class, Simple.STRING);
    types.put(Instant.class, Simple.TIMESTAMP);
    types.put(OffsetDateTime.class, Simple.TIMESTAMP);
    types.put(ZonedDateTime.class, Simple.TIMESTAMP);
    types.put(LocalDateTime.class, Simple.TIMESTAMP_NTZ);
    types.put(LocalDate.class, Simple.DATE);
    types.put(LocalTime.class, Simple.TIME);
    types.put(UUID.class, Simple.UUID);
    types.put(byte[].class, Simple.BINARY);
    return types;
  }
}
