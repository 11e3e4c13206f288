package dev.firn.engine;

import dev.firn.source.Split;

/** Reads splits, one after the other, on one thread. */
public interface SplitWorker {
  /**
   * Reads one split to its end.
   *
   * @throws dev.firn.error.FirnException when it cannot; nothing of the split is kept then
   */
  void load(Split split);

  /** Hands on what is gathered; called once, after the last split. */
  void finish();
}
