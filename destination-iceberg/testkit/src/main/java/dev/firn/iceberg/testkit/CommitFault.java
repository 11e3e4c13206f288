package dev.firn.iceberg.testkit;

/** What happens to one commit that is sent to a {@link FaultyCatalog}. */
public enum CommitFault {
  /** It is refused as a conflict; nothing is applied. */
  CONFLICT,
  /** The connection breaks before it arrives; nothing is applied. */
  LOST_BEFORE,
  /** It is applied, but the answer is lost. */
  LOST_AFTER,
  /** It is applied, but reported as a conflict, as when a proxy sends a request twice. */
  FALSE_CONFLICT,
  /** It is refused for lack of permission; nothing is applied. */
  FORBIDDEN
}
