package dev.firn.bench.compare;

import java.util.Locale;

/**
 * One whole process: its start-up, its work and its end.
 *
 * @param wallSeconds elapsed time
 * @param cpuSeconds user and system time, of its descendants too
 * @param peakMebibytes largest resident memory of any one process in its tree
 * @param outputBytes bytes of Parquet it left
 */
record Measurement(double wallSeconds, double cpuSeconds, double peakMebibytes, long outputBytes) {
  String summary() {
    return String.format(
        Locale.ROOT, "%.2f s, %.2f CPU s, peak %.0f MiB", wallSeconds, cpuSeconds, peakMebibytes);
  }

  Measurement withOutput(long bytes) {
    return new Measurement(wallSeconds, cpuSeconds, peakMebibytes, bytes);
  }
}
