package dev.firn.iceberg.internal.commit;

import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.TableMetadata;

/**
 * What a load wants of one table.
 *
 * @param plan number of the merge plan, from 1: a child table may have to follow a second one
 */
record TableTask(StagedTable staged, FileFitting fitting, TableRole role, int plan, RowPlan rows) {
  /** Decides what happens to a table's rows; asked anew in each round. */
  @FunctionalInterface
  interface RowPlan {
    /**
     * The change.
     *
     * @param base the table before, empty for a new one
     * @param transaction the table with its schema changes
     */
    RowChange plan(
        Optional<TableMetadata> base,
        BaseTransaction transaction,
        List<FittedFile> files,
        TableName name);
  }

  TableName name() {
    return staged.schema().name();
  }
}
