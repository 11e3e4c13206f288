package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult.RuleResult;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.ResourceSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A column's type can change and change back within a split, and its last record may not stay. */
class TakenBackCasesTest {
  /** Text that looks like a number, then numbers, then other text: text, long, text again. */
  private static final List<String> RECORDS =
      List.of(
          "{\"id\":0,\"n\":\"3\"}",
          "{\"id\":1,\"n\":0}",
          "{\"id\":2,\"n\":null}",
          "{\"id\":3,\"n\":\"x\"}",
          "{\"id\":4,\"n\":0.5}");

  @Test
  void valuesOfEarlierRecordsStay() {
    MemoryDestination destination = new MemoryDestination();

    load(destination, List.of());

    assertThat(destination.values("ns.t", "n")).containsExactly("3", "0", "x");
  }

  @Test
  void earlierRecordsAreJudged() {
    MemoryDestination destination = new MemoryDestination();

    RunReport report = load(destination, List.of(new Rule.Required()));

    assertThat(destination.values("ns.t", "id")).containsExactly(0L, 1L, 3L);
    assertThat(report.resources().get(0).contract().orElseThrow().rules())
        .extracting(RuleResult::rule)
        .contains("n required");
  }

  private static RunReport load(MemoryDestination destination, List<Rule> rules) {
    SchemaContract contract =
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.WARN,
            Optional.empty(),
            List.of(
                new ColumnContract("id", Optional.of(Simple.LONG), List.of(), Optional.empty()),
                new ColumnContract(
                    "n", Optional.empty(), rules, Optional.of(OnViolation.NULL_VALUE))),
            List.of(),
            List.of(new Check.Expression("known", "id <> 4", Optional.of(OnViolation.QUARANTINE))));
    return Loading.into(destination)
        .load(ListSource.ofJson(ResourceSpec.named("t").withContract(contract), RECORDS));
  }
}
