package dev.firn.iceberg.testkit;

/** What happens to one look at a table of a {@link FaultyCatalog}. */
public enum LookFault {
  /** Nothing: it sees the table as it is. */
  NONE,
  /** It sees the table as it was before the last commit, as through a replica that lags. */
  STALE,
  /** The connection breaks. */
  LOST
}
