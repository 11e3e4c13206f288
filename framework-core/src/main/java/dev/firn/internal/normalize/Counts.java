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
        childRowsDiscarded);
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
  }
}
