package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.roaringbitmap.RoaringBitmap;

/** Matches the staged rows of a root among each other and with the rows of the table. */
final class RootMerge {
  private final MergeTable root;
  private final KeyColumns key;
  private final StagedRows staged;
  private final List<Outcomes> committed;
  private final RowReader reader;
  private final FileTasks files;
  private final List<RoaringBitmap> dead = new ArrayList<>();
  private final Outcomes.Builder outcomes = new Outcomes.Builder();
  private List<TargetFile> targets = List.of();

  /**
   * @param committed outcomes that children are committed with; rows that lived then live
   */
  RootMerge(MergeRequest request, List<Outcomes> committed, RowReader reader, FileTasks files) {
    root = request.root();
    key = KeyColumns.of(root.name(), request.key(), root.schema());
    staged = new StagedRows(root.staged(), request.sets());
    this.committed = committed;
    this.reader = reader;
    this.files = files;
    root.staged().forEach(file -> dead.add(new RoaringBitmap()));
  }

  /** Matches all rows, to be called once. */
  void run(long budgetBytes) {
    if (staged.count() == 0) {
      return;
    }
    long most = budgetBytes / KeyTable.BYTES_PER_KEY;
    KeyTable table = new KeyTable(Math.min(staged.count(), most));
    KeyRanks ranks = new KeyRanks(key.count(), staged.count());
    Optional<DeadRows> gone = root.base().map(DeadRows::new);
    boolean first = true;
    for (HashRange range : HashRange.covering(staged.count(), most)) {
      table.clear();
      new StagedScan(table, range, ranks, first).run();
      if (first) {
        ranks.sort();
        root.base().ifPresent(base -> targets = targets(base, ranks));
      }
      first = false;
      gone.ifPresent(deadRows -> new TargetScan(table, range, ranks, deadRows).run());
      close(table);
    }
  }

  private List<TargetFile> targets(Table base, KeyRanks ranks) {
    Optional<List<Types.NestedField>> columns = key.fields(base.schema());
    if (columns.isEmpty()) {
      return List.of();
    }
    List<String> names = columns.get().stream().map(Types.NestedField::name).toList();
    Expression range = KeyRange.of(root.staged(), stagedKey());
    KeyPartitions partitions = KeyPartitions.of(root.staged(), stagedKey());
    return TargetFile.scan(
        base, range, names, file -> partitions.mayBeIn(file) && ranks.mayBeIn(file, columns.get()));
  }

  private List<Types.NestedField> stagedKey() {
    return key.fields(root.schema()).orElseThrow();
  }

  /** Takes what a pass has found over. */
  private void close(KeyTable table) {
    for (int slot = 0; slot < table.capacity(); slot++) {
      if (table.full(slot)) {
        // A key that is neither was inserted: what is not told otherwise.
        if (table.state(slot) == KeyTable.SAME) {
          kill(table.row(slot), Outcome.UNCHANGED);
        } else if (table.state(slot) == KeyTable.REPLACED) {
          long row = table.row(slot);
          outcomes.add(staged.set(row), staged.setRow(row), Outcome.UPDATED);
        }
      }
    }
  }

  private void kill(long row, Outcome outcome) {
    dead.get(staged.file(row)).add(Positions.bit(staged.position(row)));
    outcomes.add(staged.set(row), staged.setRow(row), outcome);
  }

  Outcomes outcomes() {
    Snapshot snapshot = root.base().map(Table::currentSnapshot).orElse(null);
    return outcomes.build(
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()));
  }

  /** The files of the base that hold keys, with their replaced rows. */
  List<TargetFile> targets() {
    return targets;
  }

  /** What becomes of the root's files. */
  TablePlan plan() {
    List<StagedPlan> plans = new ArrayList<>();
    for (int file = 0; file < dead.size(); file++) {
      plans.add(StagedPlan.first(root.staged().get(file), Positions.of(dead.get(file))));
    }
    return new TablePlan(root.name(), TargetFile.deletes(targets), plans);
  }

  long stagedRows() {
    return staged.count();
  }

  /** Fills the table of keys from the staged files; the later row of a key wins. */
  private final class StagedScan {
    private final KeyTable table;
    private final HashRange range;
    private final KeyRanks ranks;
    private final boolean ranking;
    private final KeyHash hash = key.newHash();

    StagedScan(KeyTable table, HashRange range, KeyRanks ranks, boolean ranking) {
      this.table = table;
      this.range = range;
      this.ranks = ranks;
      this.ranking = ranking;
    }

    void run() {
      Schema columns = KeyColumns.withRowHash(stagedKey(), root.schema());
      for (int file = 0; file < root.staged().size(); file++) {
        long base = staged.first(file);
        RowSource source = RowSource.staged(root.io(), root.staged().get(file).file());
        reader.read(
            source,
            columns,
            RowReader.Stretches.ALL,
            (first, read, rows) -> add(base + first, read, rows));
      }
    }

    private void add(long first, List<ReadColumn> columns, int rows) {
      boolean hasHashes = columns.size() > key.count();
      ReadColumn hashes = columns.get(columns.size() - 1);
      for (int i = 0; i < rows; i++) {
        key.hash(columns, i, hash);
        if (ranking) {
          ranks.add(columns, i);
        }
        if (range.contains(hash.high())) {
          boolean hasHash = hasHashes && !hashes.isNull(i);
          add(first + i, hasHash ? hashes.longs()[i] : 0, hasHash);
        }
      }
    }

    private void add(long row, long rowHash, boolean hasHash) {
      int slot = table.find(hash.high(), hash.low());
      if (slot < 0) {
        table.add(hash.high(), hash.low(), row, rowHash, hasHash);
      } else if (staged.later(row, table.row(slot))) {
        kill(table.row(slot), Outcome.SUPERSEDED);
        table.set(slot, row, rowHash, hasHash);
      } else {
        kill(row, Outcome.SUPERSEDED);
      }
    }
  }

  /**
   * Looks the rows of the base up in the table of keys, several files at once: keys are found
   * without a lock, because none is added meanwhile; what is found of them is told one piece at a
   * time.
   */
  private final class TargetScan {
    private final KeyTable table;
    private final HashRange range;
    private final Schema columns;
    private final RowReader.Stretches wanted;
    private final DeadRows deadRows;

    TargetScan(KeyTable table, HashRange range, KeyRanks ranks, DeadRows deadRows) {
      this.table = table;
      this.range = range;
      this.deadRows = deadRows;
      Schema base = deadRows.schema();
      List<Types.NestedField> fields = key.fields(base).orElse(List.of());
      columns = KeyColumns.withRowHash(fields, base);
      wanted = ranks.within(fields);
    }

    void run() {
      List<Integer> numbers = IntStream.range(0, targets.size()).boxed().toList();
      files.forEach(numbers, this::scan);
    }

    private void scan(int file) {
      TargetFile target = targets.get(file);
      LongPredicate gone = deadRows.of(target);
      Hits hits = new Hits();
      reader.read(
          target.source(),
          columns,
          wanted,
          (first, read, rows) -> {
            hits.find(first, read, rows, gone);
            synchronized (table) {
              hits.tell((long) file << 32, first, read);
            }
          });
    }

    private void match(int slot, long location, boolean same) {
      if (same && !mustLive(table.row(slot))) {
        table.setSame(slot, location);
        return;
      }
      if (table.state(slot) == KeyTable.SAME) {
        delete(table.location(slot), table.row(slot));
      }
      table.setState(slot, KeyTable.REPLACED);
      delete(location, table.row(slot));
    }

    private boolean mustLive(long row) {
      return committed.stream()
          .anyMatch(with -> with.of(staged.set(row), staged.setRow(row)).lives());
    }

    /** Deletes a row of the base in favour of a staged one. */
    private void delete(long location, long row) {
      TargetFile file = targets.get((int) (location >>> 32));
      file.deleted().add((int) location);
      for (Outcomes with : committed) {
        if (with.of(staged.set(row), staged.setRow(row)) == Outcome.UPDATED) {
          file.settle(with, (int) location);
        }
      }
    }

    /** The rows of one piece that have a staged key. */
    private final class Hits {
      private final KeyHash hash = key.newHash();
      private int[] rows = new int[0];
      private int[] slots = new int[0];
      private int count;

      void find(long first, List<ReadColumn> read, int pieceRows, LongPredicate gone) {
        count = 0;
        if (rows.length < pieceRows) {
          rows = new int[pieceRows];
          slots = new int[pieceRows];
        }
        for (int i = 0; i < pieceRows; i++) {
          if (!key.complete(read, i)) {
            continue; // another writer's row: no staged key equals null
          }
          key.hash(read, i, hash);
          long high = hash.high();
          int slot = range.contains(high) ? table.find(high, hash.low()) : -1;
          if (slot >= 0 && !gone.test(first + i)) {
            rows[count] = i;
            slots[count++] = slot;
          }
        }
      }

      void tell(long file, long first, List<ReadColumn> read) {
        boolean hasHashes = read.size() > key.count();
        ReadColumn hashes = read.get(read.size() - 1);
        for (int i = 0; i < count; i++) {
          int row = rows[i];
          boolean same =
              hasHashes
                  && !hashes.isNull(row)
                  && table.state(slots[i]) == KeyTable.NEW
                  && table.hasRowHash(slots[i], hashes.longs()[row]);
          match(slots[i], file | (Positions.bit(first + row) & 0xFFFFFFFFL), same);
        }
      }
    }
  }
}
