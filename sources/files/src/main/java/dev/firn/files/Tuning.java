package dev.firn.files;

import dev.firn.source.RecordLimits;

/**
 * Sizes of the reading.
 *
 * @param splitBytes what one thread reads at a time, about
 * @param windowBytes what is in memory of a split of a plain file, about
 * @param sampleBytes length of one sample
 * @param samples how many samples a resource gets, about
 */
record Tuning(int splitBytes, int windowBytes, int sampleBytes, int samples, RecordLimits limits) {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;

  /** A window fits the second-level cache of a core, so bytes are still there when parsed. */
  static final Tuning DEFAULT = new Tuning(8 << 20, 256 << 10, 64 << 10, 24, RecordLimits.DEFAULT);

  /** The most bytes in memory of one record: enough to see that it is too long. */
  int mostBytes() {
    return (int) Math.min(limits.lineBytes() + 1L, LONGEST_ARRAY);
  }

  Tuning withSplitBytes(int other) {
    return new Tuning(other, windowBytes, sampleBytes, samples, limits);
  }

  Tuning withWindowBytes(int other) {
    return new Tuning(splitBytes, other, sampleBytes, samples, limits);
  }

  Tuning withLimits(RecordLimits other) {
    return new Tuning(splitBytes, windowBytes, sampleBytes, samples, other);
  }
}
