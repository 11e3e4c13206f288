package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Firn's tables are those of a slow normalizer that is written from the rules alone. */
class ReferenceProperties {
  private static final TableName ROOT = TableName.parse("ns.t");
  private final Loading loading = Loading.into(new MemoryDestination());

  @Provide
  Arbitrary<List<String>> records() {
    return Records.json();
  }

  @Property(tries = 300)
  void anyRecordsBecomeTheTablesOfTheRules(
      @ForAll("records") List<String> records,
      @ForAll @IntRange(min = 1, max = 6) int cut,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll boolean everySplitAlone,
      @ForAll boolean sampled) {
    MemoryDestination destination = new MemoryDestination();
    ListSource source = ListSource.ofJson(ResourceSpec.named("t"), records).withSplitsOf(cut);

    RunReport report =
        new Loading(destination, loading.folder(), loading.limits(), loading.evolution())
            .with(threads, everySplitAlone ? 1 : 0)
            .tryLoad(sampled ? source.withSamples() : source);

    Optional<Contents> expected = ReferenceNormalizer.contents("ns.t", records);
    if (expected.isPresent()) {
      report.throwIfFailed();
      Contents found = Contents.of(destination.metadata(), ROOT);
      assertThat(found.columns()).isEqualTo(expected.get().columns());
      assertThat(found.records()).isEqualTo(expected.get().records());
      assertThat(report.resources().get(0).counts().read()).isEqualTo(records.size());
    } else {
      assertThat(report.error())
          .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_COLLISION));
    }
  }
}
