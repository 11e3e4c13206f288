package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a contract is written down, it reads back to itself. */
class ContractFileProperties {

  @Property(tries = 300)
  void everySpellingReadsBackToTheContract(@ForAll("contracts") SchemaContract contract) {
    String yaml = ContractFile.yaml(contract);
    String json = ContractFile.jsonSchema(contract).toPrettyString();

    assertThat(ContractFile.parse("c.yaml", yaml)).as(yaml).isEqualTo(contract);
    assertThat(ContractFile.parse("c.json", json)).as(json).isEqualTo(contract);
    assertThat(ContractDiff.between(contract, contract).changes()).isEmpty();
  }

  @Provide
  Arbitrary<SchemaContract> contracts() {
    Arbitrary<Optional<Evolution>> evolution =
        Combinators.combine(modes(), modes(), modes()).as(Evolution::new).optional();
    Arbitrary<Optional<BadRows>> badRows =
        Arbitraries.of("0", "10", "1%", "0.5%").map(BadRows::parse).optional();
    Arbitrary<List<ValidatorSpec>> validators =
        Arbitraries.of("luhn", "other").map(ContractFileProperties::validator).list().ofMaxSize(1);
    return Combinators.combine(
            Arbitraries.strings().withChars("abc xyz:#'\"").ofMinLength(1).ofMaxLength(9),
            Arbitraries.integers().between(1, 9),
            evolution,
            Arbitraries.of(OnViolation.class),
            badRows,
            columns(),
            validators)
        .as(SchemaContract::new);
  }

  private static Arbitrary<ContractMode> modes() {
    return Arbitraries.of(ContractMode.class);
  }

  private static ValidatorSpec validator(String type) {
    return new ValidatorSpec(
        type, Optional.empty(), JsonNodeFactory.instance.objectNode().put("column", "a"));
  }

  private static Arbitrary<List<ColumnContract>> columns() {
    Arbitrary<ColumnContract> column =
        Combinators.combine(
                Arbitraries.of("a", "B c", "d-ä", "o.p", "o.q", "x__y", "_id"),
                Arbitraries.of(types()),
                Arbitraries.of(true, false),
                Arbitraries.of(OnViolation.class).optional())
            .flatAs(ContractFileProperties::column);
    return column
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .uniqueElements(ColumnContract::column)
        .map(ContractFileProperties::nestedTogether);
  }

  /** JSON Schema tells the columns of one object together. */
  private static List<ColumnContract> nestedTogether(List<ColumnContract> columns) {
    return columns.stream().sorted(Comparator.comparing(ColumnContract::column)).toList();
  }

  private static List<DataType> types() {
    List<DataType> types = new ArrayList<>(List.of(Simple.values()));
    types.add(new DataType.Decimal(10, 2));
    return types;
  }

  private static Arbitrary<ColumnContract> column(
      String name, DataType type, boolean required, Optional<OnViolation> onViolation) {
    return rules(type)
        .map(
            rules -> {
              List<Rule> all = new ArrayList<>();
              if (required) {
                all.add(new Rule.Required());
              }
              all.addAll(rules);
              return all;
            })
        .flatMap(
            all ->
                terms(all)
                    .map(
                        terms ->
                            new ColumnContract(
                                name,
                                Optional.of(type),
                                all,
                                onViolation,
                                Optional.empty(),
                                terms)));
  }

  /** Some rules say for themselves what becomes of those that break them. */
  private static Arbitrary<Map<String, RuleTerms>> terms(List<Rule> rules) {
    if (rules.isEmpty()) {
      return Arbitraries.just(Map.of());
    }
    Arbitrary<RuleTerms> terms =
        Combinators.combine(
                Arbitraries.of(OnViolation.class).optional(),
                Arbitraries.of("3", "0.5%").map(BadRows::parse).optional())
            .as(RuleTerms::new)
            .filter(each -> !each.equals(RuleTerms.NONE));
    return Arbitraries.maps(Arbitraries.of(rules).map(Rule::word), terms).ofMaxSize(rules.size());
  }

  private static Arbitrary<Set<Rule>> rules(DataType type) {
    Arbitrary<BigDecimal> low =
        Arbitraries.bigDecimals().between(BigDecimal.valueOf(-9), BigDecimal.ZERO).ofScale(1);
    Arbitrary<Rule> least = low.map(bound -> new Rule.AtLeast(bound, false));
    Arbitrary<Rule> most =
        low.map(bound -> new Rule.AtMost(bound.negate().add(BigDecimal.ONE), true));
    Arbitrary<Rule> shortest = Arbitraries.integers().between(0, 3).map(Rule.MinLength::new);
    Arbitrary<Rule> longest = Arbitraries.integers().between(3, 9).map(Rule.MaxLength::new);
    Arbitrary<Rule> pattern =
        Arbitraries.of("^a\\d+$", "\\$\\{x\\}", "\"'#").map(Rule.Matches::new);
    Arbitrary<Rule> texts =
        Arbitraries.of("a", "null", "1", "true", "ä b")
            .list()
            .uniqueElements()
            .map(others -> oneOf(others, "abc"));
    Arbitrary<Rule> wholes =
        Arbitraries.of("1", "-2", "30").list().uniqueElements().map(others -> oneOf(others, "0"));
    if (type == Simple.STRING) {
      return Arbitraries.oneOf(
          inOrder(List.of(shortest, longest, pattern)), inOrder(List.of(shortest, longest, texts)));
    } else if (type == Simple.LONG || type == Simple.INT32) {
      return inOrder(List.of(least, most, wholes));
    }
    boolean number =
        type == Simple.DOUBLE || type == Simple.FLOAT || type instanceof DataType.Decimal;
    return number ? inOrder(List.of(least, most)) : Arbitraries.just(Set.of());
  }

  /**
   * A choice with a value that keeps the other rules: contracts that nothing can keep are refused.
   */
  private static Rule oneOf(List<String> others, String allowed) {
    List<String> values = new ArrayList<>(others);
    values.add(allowed);
    return new Rule.OneOf(values);
  }

  /** Some of the rules, in the order in which a contract's reader lists them. */
  private static Arbitrary<Set<Rule>> inOrder(List<Arbitrary<Rule>> rules) {
    Arbitrary<Set<Rule>> some = Arbitraries.just(Set.of());
    for (Arbitrary<Rule> rule : rules) {
      some =
          Combinators.combine(some, rule.optional())
              .as(
                  (before, next) -> {
                    Set<Rule> more = new LinkedHashSet<>(before);
                    next.ifPresent(more::add);
                    return more;
                  });
    }
    return some;
  }
}
