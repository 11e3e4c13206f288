package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.TooManyFilterMissesException;
import net.jqwik.api.Tuple;

/** Rows that keep a contract, and rows that break one of its rules. */
final class ContractRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_ROWS = 20;
  private static final String UNIQUE = new Rule.Unique().word();

  /** Conditions on whole rows are kept by trying again. */
  private static final int TRIES = 300;

  private final SchemaContract contract;
  private final List<Check.Expression> conditions = new ArrayList<>();
  private final List<List<String>> unique = new ArrayList<>();

  ContractRows(SchemaContract contract) {
    this.contract = contract;
    for (Check check : contract.withoutBound().checks()) {
      if (check instanceof Check.Expression condition) {
        conditions.add(condition);
      }
    }
    for (ColumnContract column : contract.columns()) {
      if (column.rules().stream().anyMatch(Rule.Unique.class::isInstance)) {
        unique.add(List.of(column.column()));
      }
    }
    for (Check check : contract.checks()) {
      if (check instanceof Check.Unique together) {
        unique.add(together.columns());
      }
    }
  }

  Arbitrary<JsonNode> valid() {
    Arbitrary<JsonNode> rows = row(Optional.empty()).map(row -> row);
    return conditions.isEmpty() ? rows : rows.filter(TRIES, row -> judge(row).isEmpty());
  }

  Arbitrary<List<JsonNode>> lists() {
    return valid().list().ofMaxSize(MOST_ROWS).map(this::once);
  }

  /** Every rule that takes two rows to break, each as often as the others. */
  Arbitrary<ListMutant> listMutants() {
    List<Arbitrary<ListMutant>> all = new ArrayList<>();
    unique.forEach(columns -> listMutants(columns).ifPresent(all::add));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "No rule of contract " + contract.name() + " is broken by two rows together.");
    }
    return Arbitraries.oneOf(all);
  }

  private Optional<Arbitrary<ListMutant>> listMutants(List<String> columns) {
    String named = String.join(", ", columns);
    Arbitrary<ListMutant> mutants =
        Combinators.combine(lists(), valid())
            .as((rows, last) -> new ListMutant(repeating(rows, last, columns), named, UNIQUE))
            .filter(TRIES, mutant -> repeats(mutant.rows(), columns));
    return canBeBroken(mutants) ? Optional.of(mutants) : Optional.empty();
  }

  /** The rows with one more, which has the values of the first row that has them all. */
  private static List<JsonNode> repeating(
      List<JsonNode> rows, JsonNode last, List<String> columns) {
    List<JsonNode> longer = new ArrayList<>(rows);
    ObjectNode twin = last.deepCopy();
    rows.stream()
        .filter(row -> !values(row, columns).isEmpty())
        .findFirst()
        .ifPresent(row -> columns.forEach(column -> put(twin, column, value(row, column))));
    longer.add(twin);
    return longer;
  }

  /** Whether these values come again, no others do, and the last row is right by itself. */
  private boolean repeats(List<JsonNode> rows, List<String> columns) {
    return unique.stream().allMatch(each -> each.equals(columns) != distinct(rows, each))
        && judge(rows.get(rows.size() - 1)).isEmpty();
  }

  private static boolean distinct(List<JsonNode> rows, List<String> columns) {
    Set<List<String>> seen = new HashSet<>();
    return rows.stream()
        .map(row -> values(row, columns))
        .allMatch(values -> values.isEmpty() || seen.add(values));
  }

  /** Every rule that can be broken alone, each as often as the others. */
  Arbitrary<Mutant> mutants() {
    List<Arbitrary<Mutant>> all = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      for (Rule rule : column.rules()) {
        if (!(rule instanceof Rule.Unique)) {
          mutants(column, rule).ifPresent(all::add);
        }
      }
    }
    conditions.forEach(condition -> mutants(condition).ifPresent(all::add));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "No rule of contract " + contract.name() + " can be broken alone.");
    }
    return Arbitraries.oneOf(all);
  }

  private Optional<Arbitrary<Mutant>> mutants(ColumnContract column, Rule rule) {
    Arbitrary<JsonNode> values =
        rule instanceof Rule.Required
            ? Arbitraries.of(JSON.nullNode(), JSON.missingNode())
            : new Breaking(column, rule).values();
    if (!canBeBroken(values)) {
      return Optional.empty();
    }
    Arbitrary<Mutant> mutants =
        Combinators.combine(row(Optional.of(column)), values)
            .as(
                (row, value) -> {
                  put(row, column.column(), value);
                  return new Mutant(row, column.column(), rule.text());
                });
    if (conditions.isEmpty()) {
      return Optional.of(mutants);
    }
    Arbitrary<Mutant> alone = mutants.filter(TRIES, mutant -> judge(mutant.row()).size() == 1);
    return canBeBroken(alone) ? Optional.of(alone) : Optional.empty();
  }

  private Optional<Arbitrary<Mutant>> mutants(Check.Expression condition) {
    Arbitrary<Mutant> mutants =
        row(Optional.empty())
            .filter(TRIES, row -> breaksAlone(condition, row))
            .map(row -> new Mutant(row, condition.name(), condition.condition()));
    return canBeBroken(mutants) ? Optional.of(mutants) : Optional.empty();
  }

  private boolean breaksAlone(Check.Expression condition, JsonNode row) {
    List<Violation> broken = judge(row);
    return broken.size() == 1 && broken.get(0).rule().equals(condition.condition());
  }

  private List<Violation> judge(JsonNode row) {
    return ContractKit.of(contract).validate(row);
  }

  /** Without rows that repeat what may come once. */
  private List<JsonNode> once(List<JsonNode> rows) {
    List<JsonNode> kept = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (JsonNode row : rows) {
      List<List<String>> values = new ArrayList<>();
      unique.forEach(columns -> values.add(values(row, columns)));
      values.removeIf(List::isEmpty);
      if (Collections.disjoint(seen, values)) {
        seen.addAll(values);
        kept.add(row);
      }
    }
    return kept;
  }

  /** The values with their columns; nothing where one is null. */
  private static List<String> values(JsonNode row, List<String> columns) {
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      JsonNode value = value(row, column);
      if (value.isMissingNode() || value.isNull()) {
        return List.of();
      }
      values.add(column);
      values.add(value.isNumber() ? plain(value) : value.asText());
    }
    return values;
  }

  private static JsonNode value(JsonNode row, String column) {
    return row.at("/" + column.replace(".", "/"));
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static boolean canBeBroken(Arbitrary<?> values) {
    try {
      return values.sample() != null;
    } catch (TooManyFilterMissesException none) {
      return false;
    }
  }

  private Arbitrary<ObjectNode> row(Optional<ColumnContract> without) {
    Arbitrary<ObjectNode> rows = Arbitraries.create(JSON::objectNode);
    for (ColumnContract column : contract.columns()) {
      if (!column.equals(without.orElse(null))) {
        rows =
            Combinators.combine(rows, values(column))
                .as(
                    (row, value) -> {
                      ObjectNode longer = row.deepCopy();
                      put(longer, column.column(), value);
                      return longer;
                    });
      }
    }
    return rows;
  }

  /** Null and nothing are the same to a contract. */
  private static Arbitrary<JsonNode> values(ColumnContract column) {
    Arbitrary<JsonNode> valid = new ColumnValues(column).valid();
    return column.rules().contains(new Rule.Required())
        ? valid
        : Arbitraries.frequencyOf(
            Tuple.of(8, valid),
            Tuple.of(1, Arbitraries.just(JSON.nullNode())),
            Tuple.of(1, Arbitraries.just(JSON.missingNode())));
  }

  /** Puts a value where its path says; an object on the way is there even if the value is not. */
  private static void put(ObjectNode row, String path, JsonNode value) {
    ObjectNode object = row;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      object = object.get(keys[i]) instanceof ObjectNode inner ? inner : object.putObject(keys[i]);
    }
    if (!value.isMissingNode()) {
      object.set(keys[keys.length - 1], value);
    }
  }
}
