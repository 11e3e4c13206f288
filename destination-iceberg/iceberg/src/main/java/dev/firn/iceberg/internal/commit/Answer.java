package dev.firn.iceberg.internal.commit;

/** How one round of a commit ended. */
sealed interface Answer {
  /** It is done, by this round or by one before. */
  record Done(Committed committed) implements Answer {}

  /** It was refused because the table had changed; nothing of it is visible. */
  record Conflict(RuntimeException cause) implements Answer {}

  /** The catalog's file was locked; nothing of it is visible. */
  record Locked(RuntimeException cause) implements Answer {}

  /** Nobody knows: it may be visible, or become so. */
  record Unknown(RuntimeException cause) implements Answer {}
}
