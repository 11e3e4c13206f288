package dev.firn.bench.compare;

/**
 * One whole process: its start-up, its work and its end.
 *
 * @param wallSeconds elapsed time
 * @param cpuSeconds user and system time, of its descendants too
 * @param peakMebibytes largest resident memory of any one process in its tree
 * @param outputBytes bytes of Parquet it left
 */
record Measurement(double wallSeconds, double cpuSeconds, double peakMebibytes, long outputBytes) {
  Measurement withOutput(long bytes) {
    return new Measurement(wallSeconds, cpuSeconds, peakMebibytes, bytes);
  }
}
