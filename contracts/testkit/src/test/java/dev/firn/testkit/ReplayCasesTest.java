package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Quarantine;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Quarantines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.FaultyDestination.Fault;
import dev.firn.testkit.ListSource.OnError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records from quarantine are loaded once, and those that cannot be stay. */
class ReplayCasesTest {
  private static final String ASIDE = "ns.items__quarantine";
  private static final ResourceSpec ITEMS = ResourceSpec.named("items");

  private final FaultyDestination destination = new FaultyDestination();
  private final MemoryDestination memory = destination.memory;
  private final Loading loading = Loading.into(destination);

  private static ResourceSpec atMost(ResourceSpec resource, int bound) {
    return resource.withContract(
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.QUARANTINE,
            Optional.empty(),
            List.of(
                new ColumnContract(
                    "v",
                    Optional.of(DataType.Simple.LONG),
                    List.of(new Rule.AtMost(BigDecimal.valueOf(bound), false)),
                    Optional.empty())),
            List.of()));
  }

  private RunReport tryReplay(ResourceSpec resource, LoadId... loads) {
    DestinationSpec where =
        new DestinationSpec(
            "memory", "test", JsonNodeFactory.instance.objectNode(), Optional.of("ns"));
    PipelineSpec pipeline =
        new PipelineSpec(
            "p", loading.folder(), List.of(), where, loading.evolution(), loading.limits());
    return Quarantines.replay(
        pipeline,
        List.of(ListSource.ofJson(resource)),
        destination,
        RunOptions.DEFAULT,
        Set.of(loads));
  }

  private RunReport replay(ResourceSpec resource, LoadId... loads) {
    RunReport report = tryReplay(resource, loads).throwIfFailed();
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static LoadId loadId(RunReport report) {
    return new LoadId(report.resources().get(0).loadId());
  }

  @Test
  void whatPassesNowIsLoadedAndLeavesWhatDoesNotStays() {
    loading.load(
        ListSource.ofJson(
            atMost(ITEMS, 100),
            "{\"v\":1}",
            "{\"v\":150,\"l\":[1.50,{\"a\":1}],\"t\":\"2024-01-01T00:00:00Z\"}",
            "{\"v\":900}"));

    RunReport report = replay(atMost(ITEMS, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(1L, 150L);
    assertThat(memory.rows("ns.items__l")).hasSize(2);
    assertThat(memory.values("ns.items", "t")).containsExactly("2024-01-01T00:00:00Z");
    assertThat(memory.values(ASIDE, "payload")).containsExactly("{\"v\":900}");
    assertThat(memory.values(ASIDE, "reason")).containsExactly("v is 900, expected max 200");
    assertThat(memory.values(ASIDE, "source")).containsExactly("split 0, record at 2");
    assertThat(report.resources().get(0).loaded()).isEqualTo(1);
    assertThat(report.resources().get(0).counts().quarantined()).isEqualTo(1);
  }

  @Test
  void aSecondReplayFindsNothing() {
    loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":1}", "{\"v\":150}"));
    replay(atMost(ITEMS, 200));

    RunReport again = replay(atMost(ITEMS, 200));

    assertThat(again.status()).isEqualTo("nothing-to-do");
    assertThat(memory.values("ns.items", "v")).containsExactly(1L, 150L);
  }

  @Test
  void theStateOfReplaysForgetsLoadsWhoseRowsAreGone() {
    for (int value : List.of(150, 160, 170)) {
      LoadId load =
          loadId(loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":" + value + "}")));

      replay(atMost(ITEMS, 200));

      assertThat(
              memory
                  .metadata()
                  .current(TableName.parse("ns.items"))
                  .flatMap(table -> table.state("p", ITEMS.replay().name()))
                  .flatMap(state -> state.files()))
          .contains(load.value());
    }
    assertThat(memory.values("ns.items", "v")).containsExactly(150L, 160L, 170L);
  }

  @Test
  void aReplayThatLoadsNothingCommitsNothing() {
    loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":1}", "{\"v\":150}"));
    int commits = memory.commits("ns.items");
    Object load = memory.values(ASIDE, "_firn_load_id").get(0);

    RunReport report = replay(atMost(ITEMS, 120));

    assertThat(report.status()).isEqualTo("nothing-to-do");
    assertThat(memory.commits("ns.items")).isEqualTo(commits);
    assertThat(memory.values(ASIDE, "_firn_load_id")).containsExactly(load);
  }

  @Test
  void aReplayWhoseAnswerIsLostIsFinishedAndNotDoneTwice() {
    loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":1}", "{\"v\":150}", "{\"v\":900}"));
    destination.next = Fault.ANSWER_LOST;
    assertThat(tryReplay(atMost(ITEMS, 200)).error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));

    loading.load(ListSource.ofJson(atMost(ITEMS, 200), "{\"v\":2}"));
    replay(atMost(ITEMS, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(1L, 150L, 2L);
    assertThat(memory.values(ASIDE, "payload")).containsExactly("{\"v\":900}");
  }

  @Test
  void aReplayThatIsRefusedLeavesEverythingAndIsFinishedLater() {
    loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":1}", "{\"v\":150}"));
    destination.next = Fault.REFUSED;
    assertThat(tryReplay(atMost(ITEMS, 200)).error()).isPresent();
    assertThat(memory.values(ASIDE, "payload")).containsExactly("{\"v\":150}");

    replay(atMost(ITEMS, 200));
    replay(atMost(ITEMS, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(1L, 150L);
    assertThat(memory.values(ASIDE, "payload")).isEmpty();
  }

  @Test
  void oneLoadCanBeReplayedAlone() {
    loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":150}"));
    RunReport second = loading.load(ListSource.ofJson(atMost(ITEMS, 100), "{\"v\":160}"));

    replay(atMost(ITEMS, 200), loadId(second));

    assertThat(memory.values("ns.items", "v")).containsExactly(160L);
    assertThat(memory.values(ASIDE, "payload")).containsExactly("{\"v\":150}");
  }

  @Test
  void aMergeReplaysOlderLoadsFirst() {
    ResourceSpec merge = ITEMS.withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);
    loading.load(ListSource.ofJson(atMost(merge, 100), "{\"id\":1,\"v\":150}"));
    loading.load(ListSource.ofJson(atMost(merge, 100), "{\"id\":1,\"v\":160}"));

    RunReport report = replay(atMost(merge, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(160L);
    assertThat(report.resources().get(0).superseded()).isEqualTo(1);
  }

  @Test
  void aReplayedTableHasOnlyTheRowsOfItsLastLoad() {
    ResourceSpec replace = ITEMS.withDisposition(WriteDisposition.REPLACE);
    loading.load(ListSource.ofJson(atMost(replace, 100), "{\"v\":1}", "{\"v\":150}"));
    loading.load(ListSource.ofJson(atMost(replace, 100), "{\"v\":2}", "{\"v\":160}"));

    replay(atMost(replace, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(2L, 160L);
  }

  @Test
  void theCursorNeitherKeepsReplayedRowsOutNorMoves() {
    ResourceSpec incremental = ITEMS.withIncremental(IncrementalSpec.on("at"));
    loading.load(
        ListSource.ofJson(atMost(incremental, 100), "{\"at\":1,\"v\":150}", "{\"at\":2,\"v\":1}"));

    replay(atMost(incremental, 200));
    RunReport next =
        loading.load(
            ListSource.ofJson(
                atMost(incremental, 200), "{\"at\":2,\"v\":1}", "{\"at\":3,\"v\":3}"));

    assertThat(memory.values("ns.items", "at")).containsExactly(2L, 1L, 3L);
    assertThat(next.resources().get(0).cursorBefore().orElseThrow().value()).isEqualTo("2");
  }

  @Test
  void unreadableRecordsAreNeverReplayed() {
    ResourceSpec all =
        atMost(ITEMS, 100).withQuarantine(new Quarantine(Quarantine.Keep.ALL, Optional.empty()));
    loading.load(
        ListSource.ofJson(all, "{\"v\":1}", "17}", "{\"v\":150}").withOnError(OnError.CONTINUE));

    replay(atMost(all, 200));

    assertThat(memory.values("ns.items", "v")).containsExactly(1L, 150L);
    assertThat(memory.values(ASIDE, "rule")).containsExactly("unreadable");
  }
}
