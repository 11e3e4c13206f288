package dev.firn.load;

/**
 * What was left out of one table's rows, or stored otherwise than it came.
 *
 * @param discarded child rows dropped by the contract; records are counted by {@link LoadCounts}
 * @param valuesDiscarded values dropped by the contract, their rows kept
 * @param lossy values stored with fewer digits
 * @param truncated times stored with fewer digits
 * @param padded rows with too few fields
 */
public record TableCounts(
    long discarded, long valuesDiscarded, long lossy, long truncated, long padded) {
  public static final TableCounts NONE = new TableCounts(0, 0, 0, 0, 0);

  /** The sum of both. */
  public TableCounts plus(TableCounts other) {
    return new TableCounts(
        discarded + other.discarded,
        valuesDiscarded + other.valuesDiscarded,
        lossy + other.lossy,
        truncated + other.truncated,
        padded + other.padded);
  }
}
