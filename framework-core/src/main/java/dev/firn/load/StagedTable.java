package dev.firn.load;

import dev.firn.schema.TableSchema;
import java.util.List;

/**
 * What a load brings for one table.
 *
 * @param schema the table's target schema
 * @param uuid the table's identity when staging began; empty for a table that did not exist
 * @param location where the table lies or is to lie
 */
public record StagedTable(
    TableSchema schema, String uuid, String location, List<StagedFile> files) {
  public StagedTable {
    files = List.copyOf(files);
  }

  /** Whether the load makes the table where there is none: one of rows or of declared columns. */
  public boolean makesTable() {
    return !files.isEmpty() || schema.columns().stream().anyMatch(column -> !column.system());
  }

  /** Rows in all files. */
  public long rows() {
    return files.stream().mapToLong(StagedFile::rows).sum();
  }
}
