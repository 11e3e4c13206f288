package dev.firn.pipeline;

import dev.firn.source.RecordLimits;

/**
 * Bounds that keep a run's memory and tables finite. Passing one of the first five is an error that
 * names its key.
 *
 * @param depth nesting of one record, {@code limits.depth}
 * @param lineBytes length of one line or record, {@code limits.line-bytes}
 * @param stringBytes length of one string, {@code limits.string-bytes}
 * @param columns columns of one table, {@code limits.columns}
 * @param tables tables of one resource, {@code limits.tables}
 * @param threads worker threads, {@code limits.threads}; 0: one a processor
 * @param memoryBytes rows held in memory by all workers together, {@code limits.memory-bytes}; 0:
 *     from the heap's size
 */
public record Limits(
    int depth,
    int lineBytes,
    int stringBytes,
    int columns,
    int tables,
    int threads,
    long memoryBytes) {
  public static final Limits DEFAULT = new Limits(1_000, 64 << 20, 20_000_000, 2_000, 500, 0, 0);

  /** The bounds that sources keep themselves. */
  public RecordLimits ofRecord() {
    return new RecordLimits(depth, lineBytes, stringBytes);
  }

  /** The number of worker threads to use on this machine. */
  public int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** These bounds for one of several loads that share the machine. */
  public Limits sharedBy(int loads) {
    return loads == 1
        ? this
        : new Limits(
            depth,
            lineBytes,
            stringBytes,
            columns,
            tables,
            Math.max(1, workers() / loads),
            Math.max(1, bytesPerWorker() * workers() / loads));
  }

  /** Bytes of rows that one worker gathers before they are staged. */
  public long bytesPerWorker() {
    if (memoryBytes > 0) {
      return memoryBytes / workers();
    }
    long share = Runtime.getRuntime().maxMemory() / 8 / workers();
    return Math.max(2L << 20, Math.min(64L << 20, share));
  }
}
