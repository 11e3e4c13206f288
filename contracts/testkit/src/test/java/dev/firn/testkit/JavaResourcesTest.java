package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources whose records come from code, through the whole flow. */
class JavaResourcesTest {
  private final MemoryDestination lake = new MemoryDestination();

  @TempDir Path folder;

  record Visit(long id, Instant at, LocalDate day, String note, List<Integer> pages) {}

  @Test
  void recordsKeepTheirTypes() {
    Visit visit =
        new Visit(1, Instant.EPOCH, LocalDate.EPOCH, "2024-01-01T00:00:00Z", List.of(3, 4));

    run(2, Resource.of("visits", () -> List.of(visit))).throwIfFailed();

    assertThat(types("ns.visits"))
        .containsEntry("id", "long")
        .containsEntry("at", "timestamp")
        .containsEntry("day", "date")
        .containsEntry("note", "string");
    assertThat(lake.values("ns.visits__pages", "value")).containsExactlyInAnyOrder(3L, 4L);
  }

  @Test
  void aTypeThatClashesInTheLastRecordReadsEarlierSplitsAgainWithoutCallingTheCodeTwice() {
    AtomicInteger calls = new AtomicInteger();
    Resource mixed =
        Resource.of(
                "mixed",
                () -> {
                  calls.incrementAndGet();
                  return IntStream.rangeClosed(0, 5_000)
                      .mapToObj(i -> Map.of("v", i < 5_000 ? (Object) i : "the last"));
                })
            .batchRows(100);

    RunReport report = run(2, mixed).throwIfFailed();

    assertThat(calls).hasValue(1);
    assertThat(report.table("ns.mixed").orElseThrow().inserted()).isEqualTo(5_001);
    assertThat(types("ns.mixed")).containsEntry("v", "string");
    assertThat(lake.values("ns.mixed", "v").stream().map(String::valueOf))
        .contains("0", "4999", "the last")
        .doesNotHaveDuplicates();
  }

  @Test
  void nullRecordsAreCountedAndNamed() {
    List<Map<String, Integer>> records = new ArrayList<>();
    records.add(Map.of("id", 1));
    records.add(null);

    RunReport report = run(1, Resource.of("gaps", () -> records)).throwIfFailed();

    assertThat(report.resources().get(0).counts().read()).isEqualTo(2);
    assertThat(report.resources().get(0).counts().discarded()).isEqualTo(1);
    assertThat(report.resources().get(0).warnings())
        .anyMatch(line -> line.contains("1 records were null"));
  }

  @Test
  void whatTheCodeThrowsEndsTheRunWithExitCode4AndNothingLoaded() {
    Resource broken =
        Resource.of(
                "broken",
                () ->
                    IntStream.range(0, 1_000)
                        .mapToObj(
                            i -> {
                              if (i == 700) {
                                throw new IllegalStateException("the shop is closed");
                              }
                              return Map.of("id", i);
                            }))
            .batchRows(100);

    RunReport report = run(2, broken);

    assertThat(report.exitCode()).isEqualTo(4);
    FirnException error = report.error().orElseThrow();
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("resource broken failed at record 700");
    assertThat(lake.metadata().tables()).isEmpty();
  }

  @Test
  void aCycleAmongObjectsEndsTheRunWithExitCode1() {
    Map<String, Object> circle = new HashMap<>();
    circle.put("self", circle);

    RunReport report = run(1, Resource.of("circle", () -> List.of(circle)));

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.error().orElseThrow())
        .hasMessageContaining("resource circle, record 0: Objects nest deeper than 1000");
  }

  private RunReport run(int threads, Resource resource) {
    Limits all = Limits.DEFAULT;
    Limits limits =
        new Limits(
            all.depth(),
            all.lineBytes(),
            all.stringBytes(),
            all.columns(),
            all.tables(),
            threads,
            1);
    return Firn.pipeline("ns")
        .workFolder(folder)
        .limits(limits)
        .run(lake, RunOptions.DEFAULT, resource);
  }

  private Map<String, String> types(String table) {
    Map<String, String> types = new HashMap<>();
    lake.metadata()
        .current(TableName.parse(table))
        .orElseThrow()
        .schema()
        .columns()
        .forEach(column -> types.put(column.name(), column.type().word()));
    return types;
  }
}
