package dev.firn.internal.normalize;

import dev.firn.load.LoadCounts;

/** What one worker counts while it reads; can be taken back to an earlier point. */
final class Counts {
  long read;
  long discarded;
  long boundary;
  long outOfWindow;
  long lossy;
  long truncated;
  long padded;
  long childRowsDiscarded;
  long valuesDiscarded;

  // What these were when the open record began.
  private long lossyBefore;
  private long truncatedBefore;
  private long paddedBefore;
  private long childRowsBefore;
  private long valuesBefore;

  /** A record begins. */
  void beginRecord() {
    lossyBefore = lossy;
    truncatedBefore = truncated;
    paddedBefore = padded;
    childRowsBefore = childRowsDiscarded;
    valuesBefore = valuesDiscarded;
  }

  /** What the values of the open record counted is forgotten. */
  void takeBackRecord() {
    lossy = lossyBefore;
    truncated = truncatedBefore;
    padded = paddedBefore;
    childRowsDiscarded = childRowsBefore;
    valuesDiscarded = valuesBefore;
  }

  /** These counts as a value, with the rows that are to be staged. */
  LoadCounts toLoadCounts(long staged) {
    return new LoadCounts(
        read,
        staged,
        0,
        discarded,
        boundary,
        outOfWindow,
        lossy,
        truncated,
        padded,
        childRowsDiscarded,
        valuesDiscarded);
  }

  /** Goes back to counts taken earlier. */
  void restore(LoadCounts counts) {
    read = counts.read();
    discarded = counts.discarded();
    boundary = counts.boundary();
    outOfWindow = counts.outOfWindow();
    lossy = counts.lossy();
    truncated = counts.truncated();
    padded = counts.padded();
    childRowsDiscarded = counts.childRowsDiscarded();
    valuesDiscarded = counts.valuesDiscarded();
  }
}
