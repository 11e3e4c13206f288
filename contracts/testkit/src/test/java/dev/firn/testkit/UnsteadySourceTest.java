package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.RunReport;
import dev.firn.source.OpenSource;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SplitStream;
import dev.firn.testkit.ListSource.OnError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources that bring less when they are read again, which a late clash of types makes Firn do. */
class UnsteadySourceTest {
  private static final ResourceSpec ROWS = ResourceSpec.named("rows").withTable("ns.rows");
  private static final String[] CLASHING = {"{\"a\":1}", "{\"a\":2}", "{\"a\":\"x\"}"};

  private final MemoryDestination destination = new MemoryDestination();

  @Test
  void aSplitThatIsGoneWhenItIsReadAgainFailsTheLoad() {
    assertRefused(ListSource.ofJson(ROWS, CLASHING).withSplitsOf(1));
  }

  @Test
  void aBrokenGroupThatIsSkippedDoesNotExcuseAnotherOne() {
    assertRefused(
        ListSource.ofJson(ROWS, CLASHING[0], "{\"a\":", CLASHING[1], CLASHING[2])
            .withSplitsOf(1)
            .withOnError(OnError.SKIP_SPLIT));
  }

  private void assertRefused(ListSource records) {
    RunReport report = Loading.into(destination).with(1, 1).tryLoad(new Forgetful(records));

    FirnException error = report.error().orElseThrow();
    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(error).hasMessageContaining("1 part of the input could not be read again");
    assertThat(destination.metadata().tables()).isEmpty();
  }

  /** Leaves out its first split from the second reading on. */
  private record Forgetful(ListSource source) implements OpenSource {
    @Override
    public List<ResourceSpec> resources() {
      return source.resources();
    }

    @Override
    public ResourceReader reader(ResourceSpec wanted) {
      ResourceReader reader = source.reader(wanted);
      return new ResourceReader() {
        private int readings;

        @Override
        public boolean replayable() {
          return true;
        }

        @Override
        public boolean skipsBrokenGroups() {
          return reader.skipsBrokenGroups();
        }

        @Override
        public SplitStream open(ReadRequest request) {
          boolean first = readings++ == 0;
          return reader.open(
              request.only(split -> request.wanted().test(split) && (first || split != 0)));
        }
      };
    }
  }
}
