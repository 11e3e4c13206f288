package dev.firn.iceberg.internal.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A data file of a base snapshot, and its rows that the merge deletes.
 *
 * @param settled those of them whose children have gone already, by the outcomes that child tables
 *     were committed with
 */
record TargetFile(
    FileScanTask task,
    RowSource source,
    RoaringBitmap deleted,
    IdentityHashMap<Outcomes, RoaringBitmap> settled) {
  TargetFile(FileScanTask task, RowSource source) {
    this(task, source, new RoaringBitmap(), new IdentityHashMap<>());
  }

  /** The files of a table's current snapshot that are to be kept, in no order. */
  static List<TargetFile> scan(Table table, List<String> boundsOf, Predicate<DataFile> keep) {
    return scan(table, Expressions.alwaysTrue(), boundsOf, keep, true);
  }

  /**
   * The files of a table's current snapshot, in no order.
   *
   * @param filter passed by every row that matters; spares manifests, and {@code keep} decides
   * @param boundsOf columns whose bounds {@code keep} looks at
   * @param copied whether the other rows of the files are copied too
   */
  static List<TargetFile> scan(
      Table table,
      Expression filter,
      List<String> boundsOf,
      Predicate<DataFile> keep,
      boolean copied) {
    List<TargetFile> files = new ArrayList<>();
    if (table.currentSnapshot() == null) {
      return files;
    }
    boolean whole = copied && mayHoldDeletesByValue(table);
    Expression planned = whole ? Expressions.alwaysTrue() : filter;
    TableScan scan = table.newScan().filter(planned).includeColumnStats(boundsOf);
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (keep.test(task.file())) {
          files.add(new TargetFile(task, RowSource.of(table, task)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  // A scan with a filter leaves out deletes by value of rows that do not pass it, but who copies a
  // file must know those too.
  private static boolean mayHoldDeletesByValue(Table table) {
    Map<String, String> summary = table.currentSnapshot().summary();
    return !"0".equals(summary.get(SnapshotSummary.TOTAL_EQ_DELETES_PROP));
  }

  /** Notes that children of a deleted row have gone. */
  void settle(Outcomes with, int row) {
    settled.computeIfAbsent(with, any -> new RoaringBitmap()).add(row);
  }

  /**
   * Deleted rows whose children have gone.
   *
   * @param committed what the child table was committed with, if it was
   */
  RoaringBitmap settled(Optional<Outcomes> committed) {
    return committed.map(settled::get).orElseGet(RoaringBitmap::new);
  }

  /** How many rows of them go. */
  static long deletedRows(List<TargetFile> files) {
    return files.stream().mapToLong(each -> each.deleted.getLongCardinality()).sum();
  }

  /** What the commit deletes in the files that lose a row. */
  static List<TargetDeletes> deletes(List<TargetFile> files, DeadRows deadRows) {
    return deletes(files, deadRows, false);
  }

  /** The same of files none of whose rows is left. */
  static List<TargetDeletes> wholeFiles(List<TargetFile> files, DeadRows deadRows) {
    return deletes(files, deadRows, true);
  }

  private static List<TargetDeletes> deletes(
      List<TargetFile> files, DeadRows deadRows, boolean whole) {
    List<TargetDeletes> deletes = new ArrayList<>();
    for (TargetFile each : files) {
      if (!each.deleted.isEmpty()) {
        deletes.add(
            new TargetDeletes(
                each.task.file().copyWithoutStats(),
                each.task.spec(),
                each.positionDeletes(),
                Positions.of(each.deleted),
                whole,
                each.source,
                deadRows.of(each)));
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
