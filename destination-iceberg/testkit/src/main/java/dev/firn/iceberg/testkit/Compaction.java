package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Another engine's compaction of an unpartitioned table: all its rows in one file of its own. */
final class Compaction {
  private Compaction() {}

  static void run(Table table) {
    table.refresh();
    if (table.currentSnapshot() == null) {
      return;
    }
    RewriteFiles rewrite =
        table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      boolean any = false;
      for (FileScanTask task : tasks) {
        rewrite.deleteFile(task.file());
        any = true;
      }
      if (any) {
        DataFile whole = whole(table);
        if (whole.recordCount() > 0) {
          rewrite.addFile(whole);
        }
        rewrite.commit();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataFile whole(Table table) throws IOException {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return ForeignFile.write(table, CloseableIterable.transform(rows, row -> copy(table, row)));
    }
  }

  // By name: with deletion vectors the reader adds a column of its own at the end.
  private static Record copy(Table table, Record row) {
    Record copy = GenericRecord.create(table.schema());
    table
        .schema()
        .columns()
        .forEach(column -> copy.setField(column.name(), row.getField(column.name())));
    return copy;
  }
}
