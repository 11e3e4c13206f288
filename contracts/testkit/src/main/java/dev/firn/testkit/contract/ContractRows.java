package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.TooManyFilterMissesException;
import net.jqwik.api.Tuple;

/** Rows that keep a contract, and rows that break one of its rules. */
final class ContractRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_ROWS = 20;

  private final SchemaContract contract;

  ContractRows(SchemaContract contract) {
    this.contract = contract;
  }

  Arbitrary<JsonNode> valid() {
    return row(Optional.empty()).map(row -> row);
  }

  Arbitrary<List<JsonNode>> lists() {
    return valid().list().ofMaxSize(MOST_ROWS);
  }

  /** Every rule that can be broken alone, each as often as the others. */
  Arbitrary<Mutant> mutants() {
    List<Arbitrary<Mutant>> all = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      for (Rule rule : column.rules()) {
        mutants(column, rule).ifPresent(all::add);
      }
    }
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
    return Optional.of(mutants);
  }

  private static boolean canBeBroken(Arbitrary<JsonNode> values) {
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
