package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractFile;
import dev.firn.contract.ContractResult;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.FaultyDestination.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that fails at some step, and the clean run after it. */
class InterruptedLoadTest {
  private static final ResourceSpec TABLE = ResourceSpec.named("t");
  private static final ResourceSpec INCREMENTAL = TABLE.withIncremental(IncrementalSpec.on("c"));
  private static final String[] RECORDS = {"{\"c\":1,\"l\":[1,2]}", "{\"c\":2}"};

  private final FaultyDestination destination = new FaultyDestination();
  private final Loading loading = Loading.into(destination);

  private RunReport fail(Fault fault, ResourceSpec resource, String... records) {
    destination.next = fault;
    RunReport report = loading.tryLoad(ListSource.ofJson(resource, records));
    assertThat(report.error()).isPresent();
    assertThat(report.status()).isEqualTo("failed");
    return report;
  }

  private RunReport load(ResourceSpec resource, String... records) {
    return loading.load(ListSource.ofJson(resource, records));
  }

  private List<Object> cursors() {
    return destination.memory.values("ns.t", "c").stream().sorted().toList();
  }

  private List<Path> packages() throws IOException {
    Path folder = loading.folder().resolve(".firn/packages");
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STAGING", "REFUSED", "ANSWER_LOST"})
  void aCleanRunAfterwardsEqualsNoFailure(Fault fault) throws IOException {
    fail(fault, TABLE, RECORDS);

    load(TABLE, RECORDS);

    assertThat(cursors()).containsExactly(1L, 2L);
    assertThat(destination.memory.rows("ns.t__l")).hasSize(2);
    assertThat(packages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"STAGING", "REFUSED", "ANSWER_LOST"})
  void aCleanIncrementalRunAfterwardsBringsWhatIsNew(Fault fault) throws IOException {
    load(INCREMENTAL, RECORDS);
    fail(fault, INCREMENTAL, RECORDS[0], RECORDS[1], "{\"c\":3}");

    RunReport clean = load(INCREMENTAL, RECORDS[0], RECORDS[1], "{\"c\":3}", "{\"c\":4}");

    assertThat(cursors()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(
            clean.resources().get(clean.resources().size() - 1).cursorAfter().orElseThrow().value())
        .isEqualTo("4");
    assertThat(packages()).isEmpty();
  }

  @Test
  void whatCannotBeTidiedUpIsLeftToTheNextRunAndHidesNoFailure() throws IOException {
    RunReport failed = fail(Fault.STAGING_AND_TIDYING, TABLE, RECORDS);

    assertThat(failed.error().orElseThrow().code()).isEqualTo(ErrorCode.DESTINATION_FULL);
    assertThat(packages()).hasSize(1);

    RunReport clean = load(TABLE, RECORDS);

    assertThat(clean.discardedPackages()).hasSize(1);
    assertThat(cursors()).containsExactly(1L, 2L);
    assertThat(packages()).isEmpty();
  }

  @Test
  void aSealedPackageIsFinishedWithoutReadingAgain() {
    fail(Fault.REFUSED, TABLE, RECORDS);

    RunReport finished = loading.load(ListSource.ofJson(TABLE, "{never read"));

    assertThat(finished.finishedPackages()).hasSize(1);
    assertThat(finished.status()).isEqualTo("ok");
    assertThat(cursors()).containsExactly(1L, 2L);
  }

  @Test
  void theReportOfWhoFinishesALoadTellsWhatItMadeOfItsContract() {
    SchemaContract contract =
        ContractFile.parse(
            "c.yaml", "{on-violation: quarantine, columns: {c: {type: long, max: 1}}}");
    ResourceSpec resource = TABLE.withContract(contract);
    fail(Fault.REFUSED, resource, RECORDS);

    RunReport finished = loading.load(ListSource.ofJson(resource, "{never read"));

    Laws.everyRecordIsCounted(finished);
    ContractResult result = finished.resources().get(0).contract().orElseThrow();
    assertThat(result.checked()).isEqualTo(2);
    assertThat(result.rules()).containsExactly(new ContractResult.RuleResult("c max 1", 1));
    assertThat(result.examples()).extracting(Violation::value).containsExactly("2");
    assertThat(finished.resources().get(0).counts().quarantined()).isEqualTo(1);
  }

  @Test
  void aReplaceThatFailedIsFinishedAsAReplace() {
    load(TABLE, "{\"c\":9}");
    ResourceSpec replacing = TABLE.withDisposition(WriteDisposition.REPLACE);
    fail(Fault.REFUSED, replacing, RECORDS);
    assertThat(cursors()).containsExactly(9L);

    load(replacing, RECORDS);

    assertThat(cursors()).containsExactly(1L, 2L);
  }

  @Test
  void aPackageWhoseStateMovedIsDroppedWithAWarning() throws IOException {
    load(INCREMENTAL, RECORDS);
    fail(Fault.REFUSED, INCREMENTAL, "{\"c\":3}");
    Loading elsewhere = Loading.into(destination);
    elsewhere.load(ListSource.ofJson(INCREMENTAL, "{\"c\":3}", "{\"c\":4}"));

    RunReport report = load(INCREMENTAL, "{\"c\":3}", "{\"c\":4}", "{\"c\":5}");

    assertThat(cursors()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(report.discardedPackages()).hasSize(1);
    assertThat(report.warnings()).anySatisfy(text -> assertThat(text).contains("dropped"));
    assertThat(packages()).isEmpty();
  }

  @Test
  void aFailedLoadLeavesTheTableAndTheStateAsTheyWere() {
    load(INCREMENTAL, RECORDS);
    Contents before = Laws.contents(destination, ListSource.ofJson(INCREMENTAL));

    RunReport report =
        loading.tryLoad(
            ListSource.ofJson(INCREMENTAL, "{\"c\":3}", "{\"c\":4,", "{\"c\":5}").withSplitsOf(1));

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_DATA));
    assertThat(Laws.contents(destination, ListSource.ofJson(INCREMENTAL))).isEqualTo(before);
    load(INCREMENTAL, "{\"c\":3}");
    assertThat(cursors()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void anEmptyReplaceEmptiesTheTableOnce() {
    load(TABLE, RECORDS);
    ResourceSpec replacing = TABLE.withDisposition(WriteDisposition.REPLACE);

    RunReport emptied = load(replacing);
    RunReport again = load(replacing);

    assertThat(destination.memory.rows("ns.t")).isEmpty();
    assertThat(destination.memory.rows("ns.t__l")).isEmpty();
    assertThat(emptied.status()).isEqualTo("ok");
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }
}
