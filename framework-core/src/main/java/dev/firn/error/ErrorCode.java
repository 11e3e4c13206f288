package dev.firn.error;

/** What went wrong, as a stable word, with the exit code that a command ends with. */
public enum ErrorCode {
  /** A bug in Firn itself. */
  BUG(1),
  /** A record cannot be read: broken JSON, bad UTF-8, a CSV row with too many fields. */
  MALFORMED_DATA(1),
  /** A limit on depth, length, columns or tables was passed; the message names its key. */
  LIMIT_EXCEEDED(1),
  /** The same key twice in one object, or two spellings of one column in one object. */
  DUPLICATE_KEY(1),
  /** Two source paths meet in one name. */
  NAME_COLLISION(1),
  /** The table is such that the load's rows cannot meet those that are there as they should. */
  UNMERGEABLE(1),

  /** A merge key is null or of a type that cannot be a key. */
  BAD_KEY_VALUE(1),
  /** More digits than a double holds, under {@code on-lossy: fail}. */
  LOSSY_VALUE(1),
  /** The cursor column is missing or null where that is an error. */
  MISSING_CURSOR(1),
  /** A command line, file or annotation that does not say a valid pipeline. */
  INVALID_CONFIG(2),
  /** A path, file or directory that is missing or cannot be read. */
  UNREADABLE_PATH(2),
  /** An annotated or built source that cannot be used; the message lists every problem. */
  INVALID_SOURCE(2),
  /** A catalog, destination, source or format type that is not installed. */
  UNKNOWN_TYPE(2),
  /** The plan that a run is held to no longer fits tables or input. */
  PLAN_OUTDATED(2),
  /** A change that the contract forbids. */
  CONTRACT_FROZEN(3),
  /** Rows break rules of a contract that then loads nothing. */
  CONTRACT_VIOLATED(3),
  /** The source failed after its retries. */
  SOURCE_UNAVAILABLE(4),
  /** The catalog or storage cannot be reached or refuses. */
  DESTINATION_UNAVAILABLE(5),
  /** The storage is full. */
  DESTINATION_FULL(5),
  /** The catalog file is locked by another process. */
  CATALOG_LOCKED(5),
  /** Other writers won every round. */
  COMMIT_CONFLICT(5),
  /** A commit may or may not have been applied; its package is kept. */
  OUTCOME_UNKNOWN(5),
  /** Another run moved the state; the package was dropped. */
  STATE_MOVED(5),
  /** Another run took the table over from this one, which was away; the package was dropped. */
  LEASE_LOST(5),
  /** The table was dropped or made anew since staging; the package is kept. */
  TABLE_REPLACED(5),
  /** Another run of this pipeline holds the lock. */
  ALREADY_RUNNING(6);

  private final int exitCode;

  ErrorCode(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a command that ends with this error. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the same command may succeed later without a change by its user. */
  public boolean retryable() {
    return exitCode == 4 || exitCode == 5;
  }
}
