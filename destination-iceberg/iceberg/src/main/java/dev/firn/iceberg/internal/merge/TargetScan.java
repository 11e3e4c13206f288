package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Looks the rows of the base up in the table of keys, several files at once: keys are found without
 * a lock, because none is added meanwhile; what is found of them is told one piece at a time.
 */
final class TargetScan {
  private final Matches matches;
  private final List<TargetFile> targets;
  private final KeyColumns key;
  private final HashRange range;
  private final Schema columns;
  private final boolean hashed;
  private final RowReader.Stretches wanted;
  private final DeadRows deadRows;

  /** Takes what is found. */
  interface Matches {
    KeyTable table();

    /** Rows of known keys go or stay, as their key's state says. */
    void match(int slot, long location, boolean sameHash, long rowId);

    /** Whether the ids of rows are asked for; else they are {@link RowIds#NONE}. */
    boolean wantsRowIds();

    /** Whether rows of keys that are not staged are asked for. */
    boolean wantsAbsent();

    /** A row whose key is not staged. */
    void absent(long location);
  }

  TargetScan(
      Matches matches,
      List<TargetFile> targets,
      KeyColumns key,
      Schema schema,
      HashRange range,
      KeyRanks ranks,
      DeadRows deadRows) {
    this.matches = matches;
    this.targets = targets;
    this.key = key;
    this.range = range;
    this.deadRows = deadRows;
    List<Types.NestedField> fields = key.fields(schema).orElseThrow();
    Schema keys = KeyColumns.withRowHash(fields, schema);
    hashed = keys.columns().size() > key.count();
    columns = matches.wantsRowIds() ? RowLineage.withRowId(keys) : keys;
    wanted = matches.wantsAbsent() ? RowReader.Stretches.ALL : ranks.within(fields);
  }

  void run(RowReader reader, FileTasks files) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, targets.size()).boxed().toList());
    files.forEach(numbers, file -> scan(file, reader));
  }

  private void scan(int file, RowReader reader) {
    TargetFile target = targets.get(file);
    Hits hits = new Hits(deadRows.of(target));
    reader.read(
        target.source(),
        columns,
        wanted,
        (first, read, rows) -> {
          hits.find(first, read, rows);
          synchronized (matches) {
            hits.tell(file, first, read);
          }
        });
  }

  /** The rows of one piece that have a staged key, and those that have none. */
  private final class Hits {
    private final LongPredicate gone;
    private final KeyHash hash = key.newHash();
    private int[] rows = new int[0];
    private int[] slots = new int[0];
    private int count;

    Hits(LongPredicate gone) {
      this.gone = gone;
    }

    void find(long first, List<ReadColumn> read, int pieceRows) {
      count = 0;
      if (rows.length < pieceRows) {
        rows = new int[pieceRows];
        slots = new int[pieceRows];
      }
      KeyTable table = matches.table();
      boolean absent = matches.wantsAbsent();
      for (int i = 0; i < pieceRows; i++) {
        if (!key.complete(read, i)) {
          // another writer's row: no staged key equals null
          if (absent && range.isFirst() && !gone.test(first + i)) {
            add(i, -1);
          }
          continue;
        }
        key.hash(read, i, hash);
        long high = hash.high();
        if (!range.contains(high)) {
          continue;
        }
        int slot = table.find(high, hash.low());
        if ((slot >= 0 || absent) && !gone.test(first + i)) {
          add(i, slot);
        }
      }
    }

    private void add(int row, int slot) {
      rows[count] = row;
      slots[count++] = slot;
    }

    void tell(int file, long first, List<ReadColumn> read) {
      KeyTable table = matches.table();
      DataFile data = targets.get(file).task().file();
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        int slot = slots[i];
        long position = first + row;
        long location = ((long) file << 32) | (Positions.bit(position) & 0xFFFFFFFFL);
        if (slot < 0) {
          matches.absent(location);
          continue;
        }
        long rowId =
            matches.wantsRowIds()
                ? RowLineage.idOf(data, position, read.get(read.size() - 1), row)
                : RowIds.NONE;
        matches.match(slot, location, isSame(table, slot, read, row), rowId);
      }
    }

    private boolean isSame(KeyTable table, int slot, List<ReadColumn> read, int row) {
      if (!hashed || table.state(slot) != KeyTable.NEW) {
        return false;
      }
      ReadColumn hashes = read.get(key.count());
      return !hashes.isNull(row) && table.hasRowHash(slot, hashes.longs()[row]);
    }
  }
}
