package dev.firn.iceberg.internal.merge;

import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;

/**
 * One table of a merge.
 *
 * @param base the table as the catalog holds it, able to be scanned; its current snapshot is what
 *     the plan holds for. Empty for a table that is not there yet
 * @param io reads staged files
 * @param schema the target schema, with the field ids of the staged files
 * @param staged what the load brings; may be empty
 */
public record MergeTable(
    TableName name, Optional<Table> base, FileIO io, Schema schema, List<StagedData> staged) {
  public MergeTable {
    staged = List.copyOf(staged);
  }
}
