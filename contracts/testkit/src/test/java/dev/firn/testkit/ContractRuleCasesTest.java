package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.source.ResourceSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of contracts end to end, where the row hash decides what a merge writes. */
class ContractRuleCasesTest {
  private static final ResourceSpec ITEMS =
      ResourceSpec.named("items").withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private RunReport load(OnViolation onViolation, String... records) {
    ColumnContract atMostHundred =
        new ColumnContract(
            "v",
            Optional.of(DataType.Simple.LONG),
            List.of(new Rule.AtMost(BigDecimal.valueOf(100), false)),
            Optional.empty());
    SchemaContract contract =
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            onViolation,
            Optional.empty(),
            List.of(atMostHundred),
            List.of());
    RunReport report =
        loading.load(ListSource.ofJson(ITEMS.withContract(contract), List.of(records)));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static TableOutcome items(RunReport report) {
    return report.resources().get(0).tables().get(0);
  }

  @Test
  void theRowHashIsOfWhatTheContractLetThrough() {
    load(OnViolation.NULL_VALUE, "{\"id\":1,\"v\":500,\"w\":1}", "{\"id\":2,\"w\":1}");

    TableOutcome other =
        items(
            load(OnViolation.NULL_VALUE, "{\"id\":1,\"v\":\"600\",\"w\":1}", "{\"id\":2,\"w\":1}"));

    assertThat(other.unchanged()).isEqualTo(2);
    assertThat(destination.values("ns.items", "v")).isEmpty();
  }

  @Test
  void aValueThatTheContractLetsThroughLaterIsLoaded() {
    load(OnViolation.NULL_VALUE, "{\"id\":1,\"v\":500,\"w\":1}");

    TableOutcome later = items(load(OnViolation.WARN, "{\"id\":1,\"v\":500,\"w\":1}"));

    assertThat(later.updated()).isEqualTo(1);
    assertThat(destination.values("ns.items", "v")).containsExactly(500L);
  }

  @Test
  void whatWasLeftOutIsToldWithWhoAskedForIt() {
    RunReport report = load(OnViolation.NULL_VALUE, "{\"id\":1,\"v\":500}");

    assertThat(report.resources().get(0).warnings())
        .contains("contract c v1: 1 row checked, 1 violation in 1 of them.")
        .contains("1 value left out, as the contract or evolution says.");
  }
}
