package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractFile;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.source.ResourceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of records that a validator finds fault with. */
class ValidatorCasesTest {
  private static final List<String> RECORDS =
      List.of(
          "{\"id\":1,\"a\":1}",
          "{\"id\":2,\"a\":1,\"b\":{\"x\":[1,2]}}",
          "{\"id\":3,\"b\":1.50}",
          "{\"id\":4}");

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  /** Exactly one of a and b: the second and the fourth record break it. */
  private static SchemaContract contract(String onViolation) {
    return ContractFile.parse(
        "c.json",
        """
        {"properties": {"id": {"type": "integer"}},
         "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
         "x-firn": {"on-violation": "%s"}}
        """
            .formatted(onViolation));
  }

  private RunReport load(String onViolation, int splitSize) {
    ResourceSpec resource = ResourceSpec.named("items").withContract(contract(onViolation));
    RunReport report =
        loading.tryLoad(ListSource.ofJson(resource, RECORDS).withSplitsOf(splitSize));
    if (report.resources().get(0).error().isEmpty()) {
      Laws.everyRecordIsCounted(report);
    }
    return report;
  }

  @ParameterizedTest
  @CsvSource({"warn, 4, 0, 0", "drop-row, 2, 2, 0", "null-value, 2, 2, 0", "quarantine, 2, 0, 2"})
  void aRecordGoesWhereItsWordSays(String word, int loaded, int discarded, int quarantined) {
    ResourceReport report = load(word, Integer.MAX_VALUE).throwIfFailed().resources().get(0);

    assertThat(report.loaded()).isEqualTo(loaded);
    assertThat(report.counts().discarded()).isEqualTo(discarded);
    assertThat(report.counts().quarantined()).isEqualTo(quarantined);
    assertThat(report.warnings())
        .contains("2 x the record oneOf", "1 x a required", "1 x b required");
    assertThat(destination.values("ns.items", "id"))
        .isEqualTo(loaded == 4 ? List.of(1L, 2L, 3L, 4L) : List.of(1L, 3L));
  }

  @Test
  void aFailingValidatorLoadsNothing() {
    ResourceReport report = load("fail", Integer.MAX_VALUE).resources().get(0);

    assertThat(report.error().orElseThrow().code()).isEqualTo(ErrorCode.CONTRACT_VIOLATED);
    assertThat(report.error().orElseThrow()).hasMessageContaining("in 2 of them");
    assertThat(destination.rows("ns.items")).isEmpty();
  }

  @Test
  void splitsThatAreReadAgainAreCountedOnce() {
    ResourceReport report = load("warn", 1).throwIfFailed().resources().get(0);

    assertThat(report.warnings())
        .anyMatch(line -> line.contains("4 rows checked") && line.contains("in 2 of them"))
        .contains("2 x the record oneOf");
  }

  @Test
  void theValidatorSeesTheRecordAsItCame() {
    SchemaContract contract =
        ContractFile.parse(
            "c.json",
            """
            {"properties": {"n": {"type": "integer", "multipleOf": 3},
                            "l": {"items": {"type": "object", "required": ["k"]}}},
             "x-firn": {"on-violation": "warn"}}
            """);
    ResourceSpec resource = ResourceSpec.named("items").withContract(contract);

    ResourceReport report =
        loading
            .load(
                ListSource.ofJson(
                    resource,
                    "{\"n\":9,\"l\":[{\"k\":null},{\"k\":\"\\u00e4\\\"\"}]}",
                    "{\"n\":\"10\"}",
                    "{\"n\":10,\"l\":[{},{\"k\":1}]}"))
            .resources()
            .get(0);

    assertThat(report.warnings())
        .contains("1 x n multipleOf 3", "1 x l[].k required")
        .anyMatch(line -> line.contains("2 violations in 1 of them"));
  }
}
