package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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
 * so it does not matter which files others have moved them to.
 *
 * @param gone rows that go
 * @param back files of snapshots before, each with the positions of rows that do not come back
 */
public record UndoPlan(TablePlan gone, List<TargetDeletes> back) {
  /**
   * Plans. The files that the snapshots changed are read before and after, and all that others have
   * added since.
   *
   * @param undone snapshots whose parents are known
   */
  public static UndoPlan of(TableName name, Table table, List<Snapshot> undone) {
    return new Rows(name, table).plan(undone);
  }

  /** The rows of several snapshots, and how many more of each there were before. */
  private static final class Rows {
    private final TableName name;
    private final Table table;
    private final KeyHash hash;
    private final Map<Long, Integer> missing = new HashMap<>();

    Rows(TableName name, Table table) {
      this.name = name;
      this.table = table;
      this.hash = new KeyHash(name);
    }

    UndoPlan plan(List<Snapshot> undone) {
      List<TargetFile> changed = new ArrayList<>();
      for (Snapshot each : undone) {
        Map<String, TargetFile> before = files(each.parentId());
        Map<String, TargetFile> after = files(each.snapshotId());
        List<TargetFile> gone = without(before, after);
        gone.forEach(file -> count(file, 1));
        without(after, before).forEach(file -> count(file, -1));
        changed.addAll(gone);
      }
      // what was there before the first of them holds no row of theirs
      Map<String, TargetFile> known = files(undone.get(undone.size() - 1).parentId());
      DeadRows dead = new DeadRows(table);
      List<TargetDeletes> deletes = new ArrayList<>();
      Snapshot now = table.currentSnapshot();
      without(files(now == null ? null : now.snapshotId()), known)
          .forEach(file -> delete(file, dead, deletes));
      List<TargetDeletes> back = new ArrayList<>();
      changed.forEach(file -> bringBack(file, back));
      return new UndoPlan(new TablePlan(name, deletes, List.of()), back);
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

    private void count(TargetFile file, int by) {
      live(
          file, new DeadRows(table).of(file), (position, row) -> missing.merge(row, by, Rows::sum));
    }

    // Rows that are there before and after cancel each other out.
    private static @Nullable Integer sum(int one, int other) {
      return one + other == 0 ? null : one + other;
    }

    private void delete(TargetFile file, DeadRows dead, List<TargetDeletes> deletes) {
      long[] live = {0};
      live(
          file,
          dead.of(file),
          (position, row) -> {
            live[0]++;
            if (missing.getOrDefault(row, 0) < 0) {
              missing.merge(row, 1, Rows::sum);
              file.deleted().add(Positions.bit(position));
            }
          });
      boolean whole = file.deleted().getLongCardinality() == live[0];
      deletes.addAll(
          whole
              ? TargetFile.wholeFiles(List.of(file), dead)
              : TargetFile.deletes(List.of(file), dead));
    }

    private void bringBack(TargetFile file, List<TargetDeletes> back) {
      LongPredicate gone = new DeadRows(table).of(file);
      long[] found = {0};
      live(
          file,
          gone,
          (position, row) -> {
            if (missing.getOrDefault(row, 0) > 0) {
              missing.merge(row, -1, Rows::sum);
              found[0]++;
            } else {
              file.deleted().add(Positions.bit(position));
            }
          });
      if (found[0] > 0) {
        back.add(
            new TargetDeletes(
                file.task().file().copyWithoutStats(),
                file.task().spec(),
                List.of(),
                Positions.of(file.deleted()),
                false,
                file.source(),
                gone));
      }
    }

    private interface RowVisit {
      void row(long position, long hash);
    }

    private void live(TargetFile file, LongPredicate dead, RowVisit visit) {
      Schema schema = table.schema();
      long position = 0;
      try (CloseableIterable<Record> rows = RecordReader.records(file.source(), schema)) {
        for (Record row : rows) {
          if (!dead.test(position)) {
            visit.row(position, hash(row, schema.columns()));
          }
          position++;
        }
      } catch (IOException | UncheckedIOException e) {
        throw RecordReader.unreadable(file.source(), e);
      }
    }

    // Without nulls: a column that is younger than a row changes nothing.
    private long hash(Record row, List<Types.NestedField> columns) {
      hash.begin();
      for (Types.NestedField column : columns) {
        Object value = row.getField(column.name());
        if (value != null) {
          hash.addLong(column.fieldId());
          hash.addString(text(value));
        }
      }
      return hash.low();
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
