package dev.firn.iceberg.internal.merge;

import java.util.function.LongConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Row positions of one file, ascending, each once. Immutable; up to 2³² - 1. */
public final class Positions {
  private static final Positions NONE = new Positions(new RoaringBitmap());

  private final RoaringBitmap bits;

  private Positions(RoaringBitmap bits) {
    this.bits = bits;
  }

  /** Takes the bitmap over; nobody changes it any more. */
  static Positions of(RoaringBitmap bits) {
    if (bits.isEmpty()) {
      return NONE;
    }
    bits.runOptimize();
    bits.trim();
    return new Positions(bits);
  }

  static Positions none() {
    return NONE;
  }

  /** A position as bitmaps count it. */
  static int bit(long position) {
    if (position >>> 32 != 0) {
      throw new IllegalArgumentException("Row position " + position + " is beyond 2^32.");
    }
    return (int) position;
  }

  /** How many. */
  public long count() {
    return bits.getLongCardinality();
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  public boolean contains(long position) {
    return bits.contains(bit(position));
  }

  /** Whether any position lies in {@code [from, from + rows)}. */
  public boolean touches(long from, long rows) {
    return bits.intersects(from, from + rows);
  }

  /** Passes all positions on, ascending. */
  public void forEach(LongConsumer consumer) {
    bits.forEach((int bit) -> consumer.accept(Integer.toUnsignedLong(bit)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Positions that && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  @Override
  public String toString() {
    return bits.toString();
  }
}
