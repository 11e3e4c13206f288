package dev.firn.destination;

import dev.firn.batch.BatchSet;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableSchema;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Phase 1 of one load: batches become finished files that nobody sees. {@link #close} before {@link
 * #seal} deletes what was written.
 */
public interface Staging extends AutoCloseable {
  /**
   * Writes the rows of a set. Safe for several threads at once.
   *
   * @param set still owned and closed by the caller
   */
  void write(BatchSet set);

  /**
   * Finishes all files. Columns are found by name; a column of a schema that a file lacks reads as
   * null.
   *
   * @param schemas the root's target schema first, then those of its child tables, existing and new
   * @param keep tells by id which sets count; the others leave no trace
   */
  List<StagedTable> seal(List<TableSchema> schemas, LongPredicate keep);

  @Override
  void close();
}
