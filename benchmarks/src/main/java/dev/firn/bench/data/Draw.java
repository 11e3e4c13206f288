package dev.firn.bench.data;

import java.util.SplittableRandom;

/** The random choices of the generators; the same seed makes the same choices on every machine. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }

  int between(int low, int highInclusive) {
    return low + random.nextInt(highInclusive - low + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  long bits() {
    return random.nextLong();
  }

  <T> T from(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A number in [1, max): few hot values, many rare ones. */
  int heavyTailed(int max) {
    return (int) StrictMath.pow(max, random.nextDouble());
  }

  /** Exponential with the given mean. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** Half the square of a standard normal number: a gamma of shape one half. */
  double halfGamma() {
    // Box-Muller, squared: the radius alone has no sign to care for.
    double cos = StrictMath.cos(2 * Math.PI * random.nextDouble());
    return exponential(1) * cos * cos;
  }
}
