package dev.firn.source;

/**
 * Bounds on one record, whatever its source. Passing one is an error that names its key.
 *
 * @param depth levels of nesting, {@code limits.depth}
 * @param lineBytes length of a line or record, {@code limits.line-bytes}
 * @param stringBytes length of a string or cell, {@code limits.string-bytes}
 */
public record RecordLimits(int depth, int lineBytes, int stringBytes) {
  public static final RecordLimits DEFAULT = new RecordLimits(1_000, 64 << 20, 20_000_000);
}
