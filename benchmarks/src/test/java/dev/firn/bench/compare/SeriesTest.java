package dev.firn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(walls(4, 1, 3, 10).median(Measurement::wallSeconds)).isEqualTo(3.5);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    Series peer = walls(2, 30, 8);
    Series firn = walls(1, 10, 2);

    // 2, 3 and 4; the ratio of the medians would be 8 / 2.
    assertThat(peer.medianRatioTo(firn, Measurement::wallSeconds)).isEqualTo(3);
  }

  @Test
  void knowsItsLeastAndMost() {
    Series series = walls(4, 1, 3);

    assertThat(series.least(Measurement::wallSeconds)).isEqualTo(1);
    assertThat(series.most(Measurement::wallSeconds)).isEqualTo(4);
  }

  private static Series walls(double... seconds) {
    Series series = new Series("any");
    for (double wall : seconds) {
      series.add(new Measurement(wall, 0, 0, 0));
    }
    return series;
  }
}
