package dev.firn.iceberg.internal.merge;

import dev.firn.batch.BatchSet;
import dev.firn.schema.TableName;
import java.util.List;

/** What a load remembers of its sets beside their files. Asked as little as possible. */
public interface StagedSets {
  /** Where the set's root rows come from, in their order: {@link BatchSet#runs}. */
  List<BatchSet.Run> runs(long set);

  /**
   * How many rows of a child table each root row of the set brought, in the order of the root rows;
   * empty when the set brought none. The set's child rows lie in the order of their root rows.
   */
  int[] childRows(long set, TableName child);
}
