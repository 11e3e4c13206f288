package dev.firn.engine;

import dev.firn.error.FirnException;
import dev.firn.source.SplitStream;
import java.util.List;
import java.util.Map;

/** Spreads the splits of a reading over workers. */
public interface Engine {
  /**
   * Reads all splits.
   *
   * @param workers each used by one thread at a time
   * @param skipGroups whether a record that cannot be read condemns its split's group instead of
   *     ending the reading
   * @return the condemned groups, each with its first failure
   * @throws FirnException the failure of the earliest split in input order, whatever the threads'
   *     timing
   */
  Map<String, FirnException> read(
      SplitStream splits, List<? extends SplitWorker> workers, boolean skipGroups);
}
