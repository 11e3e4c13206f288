package dev.firn.iceberg.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.batch.BatchSet.Run;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PackedRunsProperties {
  @Property(tries = 300)
  void runsSurviveTheirPacking(
      @ForAll Random random, @ForAll @IntRange(max = 40) int count, @ForAll long firstSplit) {
    List<RowRun> runs = new ArrayList<>();
    int setRow = 0;
    for (int i = 0; i < count; i++) {
      setRow += random.nextInt(3) * random.nextInt(1_000);
      int rows = 1 + random.nextInt(5_000);
      long split = firstSplit + random.nextInt(2) * random.nextLong();
      long firstRow = random.nextBoolean() ? setRow : random.nextLong() >>> 1 + random.nextInt(60);
      runs.add(new RowRun(split, firstRow, setRow, rows));
      setRow += rows;
    }

    assertThat(PackedRuns.of(runs).unpack()).isEqualTo(runs);
  }

  @Example
  void everySecondRowOfASetTakesThreeCharacters() {
    int[] positions = IntStream.range(0, 100_000).map(i -> 2 * i).toArray();
    List<RowRun> runs = RowRuns.at(positions, List.of(new Run(5, 1_000, 200_000)));

    PackedRuns packed = PackedRuns.of(runs);

    assertThat(packed.text().length()).isLessThan(300_000);
    assertThat(packed.unpack()).hasSize(100_000).isEqualTo(runs);
  }

  @Example
  void noRunsAreNoText() {
    assertThat(PackedRuns.of(List.of())).isEqualTo(PackedRuns.NONE);
    assertThat(PackedRuns.NONE.unpack()).isEmpty();
  }
}
