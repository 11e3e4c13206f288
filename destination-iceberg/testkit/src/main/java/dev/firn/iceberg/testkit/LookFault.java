package dev.firn.iceberg.testkit;

/** What happens to one look at a table of a {@link FaultyCatalog}. */
public enum LookFault {
  /** Nothing: it sees the table as it is. */
  NONE,
  /** It sees the table as it was before the last commit, as through a replica that lags. */
  STALE,
  /** The connection breaks. */
  LOST,
  /** The catalog has too much to do and says so. */
  THROTTLED,
  /**
   * Its answer takes a long time: {@link FaultyCatalog#whileSlow} happens between the moment that
   * it tells of and its end.
   */
  SLOW
}
