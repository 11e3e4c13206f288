package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Looks up which versions of a base still hold, and closes those that a load does not bring. */
final class VersionScan {
  private final RowReader reader;
  private final KeyColumns group;
  private final KeyColumns version;
  private final Boundary boundary;
  private final boolean closes;
  private final DeadRows deadRows;
  private final Schema columns;

  /**
   * @param closes whether versions that the load does not bring are closed
   * @param schema the target schema; what a file lacks of it is null
   */
  VersionScan(
      RowReader reader,
      KeyColumns group,
      KeyColumns version,
      Boundary boundary,
      boolean closes,
      Schema schema,
      DeadRows deadRows) {
    this.reader = reader;
    this.group = group;
    this.version = version;
    this.boundary = boundary;
    this.closes = closes;
    this.deadRows = deadRows;
    List<Types.NestedField> fields = new ArrayList<>(version.fields(schema).orElseThrow());
    fields.add(schema.asStruct().field(boundary.from()));
    fields.add(schema.asStruct().field(boundary.to()));
    columns = new Schema(fields);
  }

  /** Reads one file; keys are found without a lock, told one piece at a time. */
  void run(
      TargetFile target,
      RowReader.Stretches wanted,
      KeyTable table,
      IdSet groups,
      HashRange range) {
    LongPredicate gone = deadRows.of(target);
    KeyHash groupHash = group.newHash();
    KeyHash hash = version.newHash();
    int start = version.count();
    reader.read(
        target.source(),
        columns,
        wanted,
        (first, read, rows) -> {
          for (int i = 0; i < rows; i++) {
            if (group.count() > 0) {
              if (!group.complete(read, i)) {
                continue; // no staged row shares null
              }
              group.hash(read, i, groupHash);
              if (!range.contains(groupHash.high()) || !groups.contains(groupHash)) {
                continue;
              }
            }
            boolean told = version.complete(read, i);
            if (told) {
              version.hash(read, i, hash);
            }
            boolean mine =
                group.count() > 0 || (told ? range.contains(hash.high()) : range.isFirst());
            if (mine && !gone.test(first + i)) {
              int slot = told ? table.find(hash.high(), hash.low()) : -1;
              judge(target, Positions.bit(first + i), read, i, start, table, slot);
            }
          }
        });
  }

  private void judge(
      TargetFile target,
      int position,
      List<ReadColumn> read,
      int row,
      int start,
      KeyTable table,
      int slot) {
    ReadColumn end = read.get(start + 1);
    if (!boundary.holds(end, row)) {
      boundary.requireAfterEnd(end, row);
    } else if (slot >= 0) {
      synchronized (table) {
        table.setState(slot, KeyTable.SAME);
      }
    } else if (closes) {
      boundary.requireAfterStart(read.get(start), row);
      target.deleted().add(position);
    }
  }
}
