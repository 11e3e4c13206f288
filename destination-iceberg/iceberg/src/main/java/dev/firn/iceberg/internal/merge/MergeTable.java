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
 * @param storage gives the storage of staged files; it is held here, because a catalog may close
 *     what belongs to a table that nobody holds
 * @param schema the target schema, with the field ids of the staged files
 * @param staged what the load brings; may be empty
 */
public record MergeTable(
    TableName name, Optional<Table> base, Table storage, Schema schema, List<StagedData> staged) {
  public MergeTable {
    staged = List.copyOf(staged);
  }

  FileIO io() {
    return storage.io();
  }
}
