package dev.firn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordSink;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LocalEngineTest {
  private final Set<Long> read = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private final AtomicInteger finished = new AtomicInteger();

  private record Piece(long ordinal) implements Split {
    @Override
    public String group() {
      return "group " + ordinal / 10;
    }

    @Override
    public long bytes() {
      return 1;
    }

    @Override
    public void read(RecordSink sink) {}
  }

  private interface Work {
    void on(long ordinal);
  }

  private Map<String, FirnException> run(int threads, boolean skip, Work work) {
    Iterator<Split> splits =
        LongStream.range(0, 100).mapToObj(i -> (Split) new Piece(i)).iterator();
    SplitStream stream = () -> splits.hasNext() ? Optional.of(splits.next()) : Optional.empty();
    SplitWorker worker =
        new SplitWorker() {
          @Override
          public void load(Split split) {
            work.on(split.ordinal());
            read.add(split.ordinal());
          }

          @Override
          public void finish() {
            finished.incrementAndGet();
          }
        };
    return new LocalEngine().read(stream, Collections.nCopies(threads, worker), skip);
  }

  private static FirnException malformed(long ordinal) {
    return new FirnException(ErrorCode.MALFORMED_DATA, "split " + ordinal, "hint");
  }

  @Test
  void everySplitIsReadOnceAndEveryWorkerFinishes() {
    assertThat(run(3, false, ordinal -> {})).isEmpty();

    assertThat(read).hasSize(100);
    assertThat(finished).hasValue(3);
  }

  @RepeatedTest(20)
  void theFailureOfTheEarliestSplitIsTheOneReported() {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(
            () ->
                run(
                    3,
                    false,
                    ordinal -> {
                      if (ordinal >= 40) {
                        throw malformed(ordinal);
                      }
                    }))
        .withMessage("split 40");
  }

  @Test
  void aBrokenGroupIsLeftOutWhereTheSourceSaysSo() {
    Map<String, FirnException> condemned =
        run(
            1,
            true,
            ordinal -> {
              if (ordinal == 42) {
                throw malformed(ordinal);
              }
            });

    assertThat(condemned).containsOnlyKeys("group 4");
    assertThat(read).hasSize(92);
  }

  @RepeatedTest(5)
  void anErrorInAnyThreadFailsTheLoad() {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(
            () ->
                run(
                    3,
                    true,
                    ordinal -> {
                      if (ordinal == 50) {
                        throw new NoClassDefFoundError("gone");
                      }
                    }))
        .withMessageContaining("gone");
  }
}
