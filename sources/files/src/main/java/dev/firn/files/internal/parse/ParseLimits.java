package dev.firn.files.internal.parse;

/**
 * Bounds on one record.
 *
 * @param depth levels of nesting
 * @param recordBytes length of a line or record
 * @param stringBytes length of a string or cell
 */
public record ParseLimits(int depth, int recordBytes, int stringBytes) {
  public static final ParseLimits DEFAULT = new ParseLimits(1_000, 64 << 20, 20_000_000);
}
