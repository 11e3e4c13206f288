package dev.firn.load;

/**
 * What happened to the root records before the commit: read = staged + quarantined + discarded +
 * boundary + outOfWindow. How many staged rows were superseded by later ones of the same key is
 * known at the commit.
 *
 * @param boundary seen before, with the last run's cursor value
 * @param lossy values stored with fewer digits
 * @param truncated times stored with fewer digits
 * @param padded rows with too few fields
 * @param childRowsDiscarded child rows dropped by the contract
 * @param valuesDiscarded values dropped by the contract, their rows kept
 */
public record LoadCounts(
    long read,
    long staged,
    long quarantined,
    long discarded,
    long boundary,
    long outOfWindow,
    long lossy,
    long truncated,
    long padded,
    long childRowsDiscarded,
    long valuesDiscarded) {
  public static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public LoadCounts plus(LoadCounts other) {
    return new LoadCounts(
        read + other.read,
        staged + other.staged,
        quarantined + other.quarantined,
        discarded + other.discarded,
        boundary + other.boundary,
        outOfWindow + other.outOfWindow,
        lossy + other.lossy,
        truncated + other.truncated,
        padded + other.padded,
        childRowsDiscarded + other.childRowsDiscarded,
        valuesDiscarded + other.valuesDiscarded);
  }
}
