package dev.firn.iceberg.internal.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.roaringbitmap.RoaringBitmap;

/** A data file of a base snapshot, and its rows that the merge deletes. */
record TargetFile(FileScanTask task, RowSource source, RoaringBitmap deleted) {
  /**
   * The files of a table's current snapshot, in no order.
   *
   * @param filter passed by every row that matters
   * @param boundsOf columns whose bounds {@code keep} looks at
   */
  static List<TargetFile> scan(
      Table table, Expression filter, List<String> boundsOf, Predicate<DataFile> keep) {
    List<TargetFile> files = new ArrayList<>();
    if (table.currentSnapshot() == null) {
      return files;
    }
    TableScan scan = table.newScan().filter(filter).includeColumnStats(boundsOf);
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (keep.test(task.file())) {
          files.add(new TargetFile(task, RowSource.of(table, task), new RoaringBitmap()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** What the commit deletes in the files that lose a row. */
  static List<TargetDeletes> deletes(List<TargetFile> files) {
    List<TargetDeletes> deletes = new ArrayList<>();
    for (TargetFile each : files) {
      if (!each.deleted.isEmpty()) {
        deletes.add(
            new TargetDeletes(
                each.task.file().copyWithoutStats(),
                each.task.spec(),
                each.positionDeletes(),
                Positions.of(each.deleted)));
      }
    }
    return deletes;
  }

  private List<DeleteFile> positionDeletes() {
    return task.deletes().stream()
        .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
        .toList();
  }
}
