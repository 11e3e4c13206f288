package dev.firn.iceberg.testkit;

/** What happens to one commit that is sent to a {@link FaultyCatalog}. */
public enum CommitFault {
  /** Nothing: it passes. */
  NONE,
  /** It is refused as a conflict; nothing is applied. */
  CONFLICT,
  /** The connection breaks before it arrives; nothing is applied. */
  LOST_BEFORE,
  /** It is applied, but the answer is lost. */
  LOST_AFTER,
  /** The connection breaks, and it arrives right before the next commit that is sent. */
  APPLIED_LATE,
  /** It is applied, but reported as a conflict, as when a proxy sends a request twice. */
  FALSE_CONFLICT,
  /** The catalog has too much to do and says so; nothing is applied. */
  THROTTLED,
  /**
   * It arrives after a long time, and its answer takes as long again: {@link
   * FaultyCatalog#whileSlow} happens before it is applied and after.
   */
  SLOW,
  /** It is refused for lack of permission; nothing is applied. */
  FORBIDDEN
}
