package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult.RuleResult;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Quarantine;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.ResourceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever a contract does with them, all records can be found again or are counted, and how the
 * input is cut changes nothing.
 */
class TraceProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Provide
  Arbitrary<List<String>> records() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-5, 5).map(String::valueOf),
            Arbitraries.of("null", "\"x\"", "0.5", "\"3\"", "true", "99999999999999999999"));
    Arbitrary<String> texts = Arbitraries.of("null", "\"\"", "\"ab\"", "\"abcdef\"", "7", "[1,2]");
    Arbitrary<String> lists =
        Arbitraries.of("null", "[]", "[1]", "[\"a\",2]", "[{\"k\":1}]", "{\"k\":\"x\"}");
    return Combinators.combine(numbers, texts, lists)
        .as("\"n\":%s,\"t\":%s,\"c\":%s"::formatted)
        .list()
        .ofMaxSize(30)
        .map(
            values -> {
              List<String> records = new ArrayList<>();
              values.forEach(each -> records.add("{\"id\":%d,%s}".formatted(records.size(), each)));
              return records;
            });
  }

  @Provide
  Arbitrary<SchemaContract> contracts() {
    Arbitrary<OnViolation> words =
        Arbitraries.of(OnViolation.class).filter(each -> each != OnViolation.FAIL);
    Arbitrary<Boolean> required = Arbitraries.of(true, false);
    return Combinators.combine(words, words, words, required, Arbitraries.of(true, false))
        .as(
            (ofNumbers, ofTexts, ofCondition, needed, typed) -> {
              List<Rule> numbers = new ArrayList<>();
              if (typed) {
                numbers.add(new Rule.AtLeast(BigDecimal.valueOf(-2), false));
              }
              if (needed) {
                numbers.add(new Rule.Required());
              }
              ColumnContract id =
                  new ColumnContract(
                      "id", Optional.of(Simple.LONG), List.of(), Optional.of(ofCondition));
              ColumnContract n =
                  new ColumnContract(
                      "n",
                      typed ? Optional.of(Simple.LONG) : Optional.empty(),
                      numbers,
                      Optional.of(ofNumbers));
              ColumnContract t =
                  new ColumnContract(
                      "t",
                      Optional.of(Simple.STRING),
                      List.of(new Rule.MinLength(1), new Rule.MaxLength(3)),
                      Optional.of(ofTexts));
              Check condition =
                  new Check.Expression("even", "id <> 4 and id <> 7", Optional.of(ofCondition));
              return new SchemaContract(
                  "c",
                  1,
                  Optional.empty(),
                  OnViolation.WARN,
                  Optional.empty(),
                  List.of(id, n, t),
                  List.of(),
                  List.of(condition));
            });
  }

  @Property(tries = 200)
  void noRecordIsLostWithoutATrace(
      @ForAll("records") List<String> records,
      @ForAll("contracts") SchemaContract contract,
      @ForAll Quarantine.Keep keep,
      @ForAll @IntRange(min = 1, max = 12) int size) {
    Outcome outcome = new Outcome(records, contract, keep, size);

    assertThat(Collections.disjoint(outcome.inTable, outcome.aside)).isTrue();
    assertThat(outcome.inTable.size() + outcome.aside.size() + outcome.discarded)
        .isEqualTo(records.size());
    if (keep == Quarantine.Keep.ALL) {
      assertThat(outcome.discarded).isZero();
    }
    assertThat(new Outcome(records, contract, keep, 1000)).isEqualTo(outcome);
  }

  /** Where the records of one load are, and what it said of them. */
  private static final class Outcome {
    private final TreeSet<Long> inTable = new TreeSet<>();
    private final TreeSet<Long> aside = new TreeSet<>();
    private final long discarded;
    private final Map<String, String> reasons = new TreeMap<>();
    private final Map<String, Long> rules;
    private final Contents tables;

    Outcome(List<String> records, SchemaContract contract, Quarantine.Keep keep, int size) {
      MemoryDestination destination = new MemoryDestination();
      ResourceSpec resource =
          ResourceSpec.named("t")
              .withContract(contract)
              .withQuarantine(new Quarantine(keep, Optional.empty()));
      ListSource source = ListSource.ofJson(resource, records);
      RunReport report = Loading.into(destination).with(3, 1).load(source.withSplitsOf(size));
      Laws.everyRecordIsCounted(report);
      tables = Laws.contents(destination, source);
      ResourceReport found = report.resources().get(0);
      destination.values("ns.t", "id").forEach(id -> inTable.add((Long) id));
      for (Map<String, Object> row : destination.rows("ns.t__quarantine")) {
        long id = id(String.valueOf(row.get("payload")));
        assertThat(records.get((int) id)).isEqualTo(row.get("payload"));
        aside.add(id);
        reasons.put(String.valueOf(id), String.valueOf(row.get("reason")));
      }
      discarded = found.counts().discarded();
      assertThat(found.counts().quarantined()).isEqualTo(aside.size());
      rules =
          found.contract().orElseThrow().rules().stream()
              .collect(Collectors.toMap(RuleResult::rule, RuleResult::violations));
    }

    private static long id(String payload) {
      try {
        return JSON.readTree(payload).path("id").asLong();
      } catch (JsonProcessingException e) {
        throw new AssertionError(payload, e);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Outcome that
          && inTable.equals(that.inTable)
          && reasons.equals(that.reasons)
          && rules.equals(that.rules)
          && tables.equals(that.tables);
    }

    @Override
    public int hashCode() {
      return inTable.hashCode();
    }

    @Override
    public String toString() {
      return "loaded " + inTable + ", aside " + reasons + ", rules " + rules + ", tables " + tables;
    }
  }
}
