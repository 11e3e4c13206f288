package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What takes snapshots out of a table that others have changed since: rows that they added go,
 * wherever they are now, and rows that they deleted come back. Rows are told by all their values,
 * so it does not matter which files others have moved them to. Of many rows a part is looked at at
 * a time, by their hashes.
 *
 * @param gone rows that go
 * @param back files of snapshots before, each with the positions of rows that do not come back
 */
public record UndoPlan(TablePlan gone, List<TargetDeletes> back) {
  /** About 140 MB of hashes with their counts. */
  private static final long ROWS_AT_ONCE = 2_000_000;

  /**
   * Plans. The files that the snapshots changed are read before and after, and all that others have
   * added since.
   *
   * @param undone snapshots whose parents are known
   */
  public static UndoPlan of(TableName name, Table table, List<Snapshot> undone) {
    return of(name, table, undone, ROWS_AT_ONCE);
  }

  /**
   * Plans.
   *
   * @param rowsAtOnce how many rows may be remembered, on average
   */
  static UndoPlan of(TableName name, Table table, List<Snapshot> undone, long rowsAtOnce) {
    return new Rows(name, table).plan(undone, rowsAtOnce);
  }

  /** The rows of several snapshots, and how many more of each there were before. */
  private static final class Rows {
    private final TableName name;
    private final Table table;
    private final KeyHash hash;
    private final List<TargetFile> before = new ArrayList<>();
    private final List<TargetFile> after = new ArrayList<>();
    private final Map<Long, Integer> missing = new HashMap<>();
    private final IdentityHashMap<TargetFile, LongPredicate> dead = new IdentityHashMap<>();
    private final IdentityHashMap<TargetFile, Long> living = new IdentityHashMap<>();

    Rows(TableName name, Table table) {
      this.name = name;
      this.table = table;
      this.hash = new KeyHash(name);
    }

    UndoPlan plan(List<Snapshot> undone, long rowsAtOnce) {
      for (Snapshot each : undone) {
        Map<String, TargetFile> old = files(each.parentId());
        Map<String, TargetFile> made = files(each.snapshotId());
        before.addAll(without(old, made));
        after.addAll(without(made, old));
      }
      // what was there before the first of them holds no row of theirs
      Map<String, TargetFile> known = files(undone.get(undone.size() - 1).parentId());
      Snapshot current = table.currentSnapshot();
      List<TargetFile> now = without(files(current == null ? null : current.snapshotId()), known);
      long rows = records(before) + records(after);
      DeadRows deadNow = new DeadRows(table);
      now.forEach(file -> dead.put(file, deadNow.of(file)));
      for (HashRange range : HashRange.covering(rows, rowsAtOnce)) {
        missing.clear();
        before.forEach(file -> count(file, range, 1));
        after.forEach(file -> count(file, range, -1));
        now.forEach(file -> delete(file, range));
        before.forEach(file -> leaveWhatIsThere(file, range));
      }
      return new UndoPlan(new TablePlan(name, deletes(now, deadNow), List.of()), back());
    }

    private static long records(List<TargetFile> files) {
      return files.stream().mapToLong(each -> each.task().file().recordCount()).sum();
    }

    private Map<String, TargetFile> files(@Nullable Long snapshot) {
      Map<String, TargetFile> files = new LinkedHashMap<>();
      if (snapshot == null) {
        return files;
      }
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot).planFiles()) {
        for (FileScanTask task : tasks) {
          files.put(key(task), new TargetFile(task, RowSource.of(table, task)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return files;
    }

    /** What tells a file with its deletes from the same file with others. */
    private static String key(FileScanTask task) {
      return task.deletes().stream()
          .map(delete -> delete.location() + "@" + delete.contentOffset())
          .sorted()
          .collect(Collectors.joining("|", task.file().location() + "|", ""));
    }

    private static List<TargetFile> without(
        Map<String, TargetFile> files, Map<String, TargetFile> others) {
      return files.entrySet().stream()
          .filter(each -> !others.containsKey(each.getKey()))
          .map(Map.Entry::getValue)
          .toList();
    }

    private void count(TargetFile file, HashRange range, int by) {
      live(file, range, (position, row) -> missing.merge(row, by, Rows::sum));
    }

    // Rows that are there before and after cancel each other out.
    private static @Nullable Integer sum(int one, int other) {
      return one + other == 0 ? null : one + other;
    }

    private void delete(TargetFile file, HashRange range) {
      live(
          file,
          range,
          (position, row) -> {
            if (missing.getOrDefault(row, 0) < 0) {
              missing.merge(row, 1, Rows::sum);
              file.deleted().add(Positions.bit(position));
            }
          });
    }

    private List<TargetDeletes> deletes(List<TargetFile> now, DeadRows deadNow) {
      List<TargetDeletes> deletes = new ArrayList<>();
      for (TargetFile file : now) {
        List<TargetFile> one = List.of(file);
        deletes.addAll(
            lives(file) ? TargetFile.deletes(one, deadNow) : TargetFile.wholeFiles(one, deadNow));
      }
      return deletes;
    }

    private void leaveWhatIsThere(TargetFile file, HashRange range) {
      live(
          file,
          range,
          (position, row) -> {
            if (missing.getOrDefault(row, 0) > 0) {
              missing.merge(row, -1, Rows::sum);
            } else {
              file.deleted().add(Positions.bit(position));
            }
          });
    }

    /** Whether a row of the file is neither dead nor noted as deleted. */
    private boolean lives(TargetFile file) {
      return file.deleted().getLongCardinality() < living.getOrDefault(file, 0L);
    }

    private List<TargetDeletes> back() {
      return before.stream()
          .filter(this::lives)
          .map(
              file ->
                  new TargetDeletes(
                      file.task().file().copyWithoutStats(),
                      file.task().spec(),
                      List.of(),
                      Positions.of(file.deleted()),
                      false,
                      file.source(),
                      deadIn(file)))
          .toList();
    }

    private interface RowVisit {
      void row(long position, long hash);
    }

    // One file may be there with several sets of deletes.
    private LongPredicate deadIn(TargetFile file) {
      return dead.computeIfAbsent(file, any -> new DeadRows(table).of(file));
    }

    private void live(TargetFile file, HashRange range, RowVisit visit) {
      LongPredicate gone = deadIn(file);
      Schema schema = table.schema();
      long position = 0;
      long living = 0;
      try (CloseableIterable<Record> rows = RecordReader.records(file.source(), schema)) {
        for (Record row : rows) {
          if (!gone.test(position)) {
            living++;
            hash(row, schema.columns());
            if (range.contains(hash.high())) {
              visit.row(position, hash.low());
            }
          }
          position++;
        }
        this.living.put(file, living);
      } catch (IOException | UncheckedIOException e) {
        throw RecordReader.unreadable(file.source(), e);
      }
    }

    // Without nulls: a column that is younger than a row changes nothing.
    private void hash(Record row, List<Types.NestedField> columns) {
      hash.begin();
      for (Types.NestedField column : columns) {
        Object value = row.getField(column.name());
        if (value != null) {
          hash.addLong(column.fieldId());
          hash.addString(text(value));
        }
      }
    }

    private static String text(Object value) {
      if (value instanceof ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
      }
      return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
  }
}
