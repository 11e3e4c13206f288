package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;

/**
 * What is known of one table before a split is read.
 *
 * @param path the source's path from the root, as {@link TableBuilder#path}
 * @param arrival what the contract says to its rows: {@code EVOLVE} for a known table
 * @param withIds whether rows carry ids because child rows refer to them
 */
record TablePlan(
    LoadPlan load, String path, TableName name, ContractMode arrival, boolean withIds) {
  ColumnPlan column(String sourcePath) {
    return load.column(this, sourcePath);
  }

  ColumnPlan companion(String columnName, Companion companion) {
    return load.companion(this, columnName, companion);
  }

  /** The plan for a column that is there already. */
  ColumnPlan again(ColumnBuilder column) {
    return load.again(this, column);
  }

  TablePlan child(String childPath, String listPath) {
    return load.child(this, childPath, listPath);
  }

  FirnException tooManyColumns() {
    return new FirnException(
        ErrorCode.LIMIT_EXCEEDED,
        "Table %s: more than %d columns.".formatted(name, maxColumns()),
        "Raise limits.columns, or set max-nesting so that deep values become JSON.");
  }

  int maxColumns() {
    return load.rules().maxColumns();
  }
}
