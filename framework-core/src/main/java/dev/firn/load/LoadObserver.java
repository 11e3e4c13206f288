package dev.firn.load;

import dev.firn.schema.TableName;

/**
 * Is told what a load does, in order, as it happens; for progress bars and logs. Called by worker
 * threads; quick, never throwing.
 */
public interface LoadObserver {
  /** Watches nothing. */
  LoadObserver NONE = new LoadObserver() {};

  /** Input was read: bytes of it, and root records. */
  default void read(long bytes, long records) {}

  /** A stretch of rows is in a staged file. */
  default void staged(LoadId load, long rows) {}

  /** All files of the load are finished and its manifest is safe. */
  default void sealed(LoadId load) {}

  /** A table's commit is about to be sent. */
  default void committing(LoadId load, TableName table) {}

  /** A table's commit is done. */
  default void committed(LoadId load, TableName table) {}
}
