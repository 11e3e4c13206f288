package dev.firn.load;

import dev.firn.schema.TableName;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a commit did to one table, in rows.
 *
 * @param operation {@code append}, {@code merge}, {@code replace}, {@code create} or {@code none}
 * @param total rows of the table afterwards
 * @param snapshotId the commit's snapshot; empty when nothing was committed
 */
public record TableOutcome(
    TableName table,
    String operation,
    long inserted,
    long updated,
    long deleted,
    long unchanged,
    long total,
    OptionalLong snapshotId,
    List<String> schemaChanges,
    int filesAdded) {
  public TableOutcome {
    schemaChanges = List.copyOf(schemaChanges);
  }
}
