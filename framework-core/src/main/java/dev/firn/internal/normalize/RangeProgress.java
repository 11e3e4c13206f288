package dev.firn.internal.normalize;

import dev.firn.internal.normalize.CursorWindow.Side;

/** What all workers of a load together learn of the range of cursor values that is wanted. */
final class RangeProgress {
  private volatile boolean ended;
  private volatile boolean leftForLater;

  /** A record lies outside. */
  void outside(CursorWindow window, Side side) {
    ended |= window.endsReading(side);
    leftForLater |= side == Side.AFTER;
  }

  /** Whether the source is past the range: it has nothing more that is wanted. */
  boolean ended() {
    return ended;
  }

  /** Whether there are records that a later run is to load. */
  boolean leftForLater() {
    return leftForLater;
  }
}
