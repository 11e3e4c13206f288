package dev.firn.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The measurements of one command, in the order of the rounds. */
final class Series {
  private final String name;
  private final List<Measurement> rounds = new ArrayList<>();

  Series(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Measurement round) {
    rounds.add(round);
  }

  double median(ToDoubleFunction<Measurement> figure) {
    return medianOf(rounds.stream().mapToDouble(figure).toArray());
  }

  double least(ToDoubleFunction<Measurement> figure) {
    return rounds.stream().mapToDouble(figure).min().orElseThrow();
  }

  double most(ToDoubleFunction<Measurement> figure) {
    return rounds.stream().mapToDouble(figure).max().orElseThrow();
  }

  /** The median over the rounds of this figure divided by the other's in the same round. */
  double medianRatioTo(Series other, ToDoubleFunction<Measurement> figure) {
    return medianOf(
        IntStream.range(0, rounds.size())
            .mapToDouble(
                i ->
                    figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(other.rounds.get(i)))
            .toArray());
  }

  private static double medianOf(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
