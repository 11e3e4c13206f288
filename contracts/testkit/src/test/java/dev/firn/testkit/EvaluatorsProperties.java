package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractFile;
import dev.firn.contract.OnViolation;
import dev.firn.contract.RowJudge;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Validator;
import dev.firn.jsonschema.JsonSchemaProvider;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Any contract finds the same in any row, on columns and as the JSON Schema that it stands for
 * record by record.
 */
class EvaluatorsProperties {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Keywords of JSON Schema for rules of columns. */
  private static final Map<String, String> WORDS =
      Map.of(
          "min", "minimum",
          "max", "maximum",
          "exclusive-min", "exclusiveMinimum",
          "exclusive-max", "exclusiveMaximum",
          "min-length", "minLength",
          "max-length", "maxLength");

  /** A column's contract with a value that it may meet. */
  record Cell(ColumnContract column, JsonNode value) {}

  private static ColumnContract column(DataType type, List<Rule> rules) {
    return new ColumnContract("?", Optional.of(type), rules, Optional.empty());
  }

  /** Rules that do not contradict each other as far as their reader looks, in its order. */
  private static Arbitrary<List<Rule>> rules(List<Arbitrary<? extends Rule>> each) {
    Arbitrary<List<Rule>> all = Arbitraries.just(List.of());
    for (Arbitrary<? extends Rule> rule : each) {
      all =
          Combinators.combine(all, rule.optional(0.4))
              .as(
                  (before, one) -> {
                    List<Rule> longer = new ArrayList<>(before);
                    one.ifPresent(longer::add);
                    return longer;
                  });
    }
    return all;
  }

  private static Arbitrary<Cell> cells(
      DataType type, List<Arbitrary<? extends Rule>> rules, Arbitrary<JsonNode> values) {
    Arbitrary<JsonNode> any =
        Arbitraries.frequencyOf(
            Tuple.of(8, values),
            Tuple.of(1, Arbitraries.just(JSON.nullNode())),
            Tuple.of(1, Arbitraries.just(JSON.missingNode())));
    return Combinators.combine(rules(rules), any)
        .as((made, value) -> new Cell(column(type, made), value));
  }

  private static List<Arbitrary<? extends Rule>> bounds(Arbitrary<BigDecimal> near) {
    Arbitrary<Boolean> excluded = Arbitraries.of(true, false);
    return List.of(
        Arbitraries.just(new Rule.Required()),
        Combinators.combine(near.map(BigDecimal::abs).map(BigDecimal::negate), excluded)
            .as(Rule.AtLeast::new),
        Combinators.combine(near.map(BigDecimal::abs).map(BigDecimal.ONE::add), excluded)
            .as(Rule.AtMost::new));
  }

  private static Arbitrary<Cell> wholes(DataType type) {
    List<Arbitrary<? extends Rule>> rules =
        new ArrayList<>(bounds(Arbitraries.integers().between(-3, 3).map(BigDecimal::valueOf)));
    rules.add(
        Arbitraries.integers()
            .between(-4, 4)
            .map(String::valueOf)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .uniqueElements()
            .map(Rule.OneOf::new));
    return cells(type, rules, Arbitraries.integers().between(-5, 5).map(JSON::numberNode));
  }

  private static Arbitrary<Cell> numbers(DataType type) {
    Arbitrary<BigDecimal> quarters =
        Arbitraries.integers().between(-12, 12).map(n -> new BigDecimal(n * 25).movePointLeft(2));
    return cells(
        type,
        bounds(quarters),
        quarters.map(
            number ->
                type instanceof DataType.Decimal
                    ? JSON.numberNode(number)
                    : JSON.numberNode(number.doubleValue())));
  }

  private static Arbitrary<Cell> texts() {
    Arbitrary<String> texts =
        Arbitraries.of("a", "b", "A", "0", "9", " ", "-", "\n", "ä", "中", "😀")
            .list()
            .ofMaxSize(5)
            .map(letters -> String.join("", letters));
    List<Arbitrary<? extends Rule>> rules =
        List.of(
            Arbitraries.just(new Rule.Required()),
            Arbitraries.integers().between(0, 2).map(Rule.MinLength::new),
            Arbitraries.integers().between(2, 4).map(Rule.MaxLength::new),
            Arbitraries.of("^[a-b]+$", "\\d", "^.{2}$", "a|9$", "\\s", "^(a|b)*$", "[^0-9]", "^ä")
                .map(Rule.Matches::new),
            texts.list().ofMinSize(1).ofMaxSize(3).uniqueElements().map(Rule.OneOf::new));
    return cells(Simple.STRING, rules, texts.map(JSON::textNode));
  }

  @Provide
  Arbitrary<List<Cell>> cells() {
    return Arbitraries.oneOf(
            List.of(
                wholes(Simple.LONG),
                wholes(Simple.INT32),
                numbers(Simple.DOUBLE),
                numbers(Simple.FLOAT),
                numbers(new DataType.Decimal(10, 2)),
                texts()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 1_000)
  void columnsAndJsonSchemaFindTheSame(@ForAll("cells") List<Cell> cells) {
    SchemaContract contract = contract(cells);
    ObjectNode row = JSON.objectNode();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).value().isMissingNode()) {
        row.set("c" + i, cells.get(i).value());
      }
    }

    TreeSet<String> onColumns = onColumns(contract, row);

    Statistics.collect(onColumns.isEmpty() ? "kept" : "broken");
    assertThat(bySchema(contract, row)).isEqualTo(onColumns);
  }

  private static SchemaContract contract(List<Cell> cells) {
    List<ColumnContract> columns = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      ColumnContract made = cells.get(i).column();
      columns.add(new ColumnContract("c" + i, made.type(), made.rules(), Optional.empty()));
    }
    return new SchemaContract(
        "c", 1, Optional.empty(), OnViolation.WARN, Optional.empty(), columns, List.of());
  }

  private static TreeSet<String> onColumns(SchemaContract contract, JsonNode row) {
    TreeSet<String> found = new TreeSet<>();
    try (RowJudge judge = new RowJudge(contract)) {
      judge
          .judge(row)
          .forEach(
              violation -> {
                String word = violation.rule().split(" ", 2)[0];
                found.add(violation.column() + " " + WORDS.getOrDefault(word, word));
              });
    }
    return found;
  }

  /** A null where a value is required breaks the type; an enum of a required column, too. */
  private static TreeSet<String> bySchema(SchemaContract contract, ObjectNode row) {
    ObjectNode settings = JSON.objectNode();
    settings.set("schema", ContractFile.jsonSchema(contract));
    TreeSet<String> found = new TreeSet<>();
    try (Validator validator = new JsonSchemaProvider().open(settings)) {
      for (Validator.Finding finding : validator.validate(row)) {
        boolean absent = row.path(finding.path()).isNull();
        String word = finding.rule().split(" ", 2)[0];
        found.add(finding.path() + " " + (absent ? "required" : word));
      }
    }
    return found;
  }
}
