package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.PartitionField;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads into tables that were made with other keys, types or partitioning. */
class KnownTablesTest {
  private static final ResourceSpec ROWS =
      ResourceSpec.named("rows").withDisposition(WriteDisposition.MERGE);
  private static final ResourceSpec BY_ID = ROWS.withKey(List.of("id"));

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private RunReport load(ResourceSpec spec, String... records) {
    return loading.tryLoad(ListSource.ofJson(spec, List.of(records)));
  }

  private static List<String> warnings(RunReport report) {
    return report.resources().get(0).warnings();
  }

  @Test
  void aKeyThatTheCommittedTypeCannotHoldIsToldAsSuch() {
    load(BY_ID, "{\"id\":1,\"a\":1}");

    RunReport report = load(BY_ID, "{\"id\":\"abc\",\"a\":1}");

    assertThat(report.error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.BAD_KEY_VALUE);
              assertThat(error)
                  .hasMessageContaining(
                      "Table ns.rows: the key column 'id' is long, which cannot hold 'abc'.");
            });
  }

  @Test
  void aCursorThatTheCommittedTypeCannotHoldIsToldAsSuch() {
    ResourceSpec spec = ResourceSpec.named("rows").withIncremental(IncrementalSpec.on("at"));
    load(spec, "{\"at\":\"2024-01-01T00:00:00Z\"}");

    assertThat(load(spec, "{\"at\":\"soon\"}").error())
        .hasValueSatisfying(
            error ->
                assertThat(error)
                    .hasMessageContaining(
                        "the cursor 'at' is timestamp, which cannot hold 'soon'."));
    assertThat(load(spec, "{\"b\":1}").error())
        .hasValueSatisfying(
            error -> assertThat(error).hasMessageContaining("has no value for the cursor 'at'."));
  }

  @Test
  void anotherKeyThanTheTablesIsAWarning() {
    load(BY_ID, "{\"id\":1,\"a\":1}");

    RunReport report = load(ROWS.withKey(List.of("a")), "{\"id\":2,\"a\":1}");

    assertThat(report.error()).isEmpty();
    assertThat(warnings(report))
        .containsExactly(
            "Table ns.rows was made with the key id and is now merged by a: rows that agree in a"
                + " become one.");
  }

  @Test
  void otherPartitioningThanTheTablesIsAChange() {
    load(BY_ID, "{\"id\":1,\"a\":1}");

    RunReport report =
        load(
            BY_ID.withPartitionBy(List.of(PartitionField.parse("bucket(4, a)"))),
            "{\"id\":2,\"a\":1}");

    assertThat(report.error()).isEmpty();
    assertThat(warnings(report)).isEmpty();
    assertThat(report.table("ns.rows").orElseThrow().schemaChanges())
        .containsExactly("~ partition-by none -> bucket(4, a)");
  }

  @Test
  void theSameKeyAndPartitioningAreNone() {
    ResourceSpec spec =
        ROWS.withKey(List.of("id", "a")).withPartitionBy(List.of(PartitionField.parse("a")));
    load(spec, "{\"id\":1,\"a\":1}");

    assertThat(warnings(load(spec.withKey(List.of("a", "id")), "{\"id\":2,\"a\":1}"))).isEmpty();
  }
}
