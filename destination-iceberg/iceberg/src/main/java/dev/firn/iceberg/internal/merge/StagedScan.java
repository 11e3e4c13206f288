package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.load.DedupSort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the table of keys from the staged files. Of several rows with one key the one that {@code
 * dedup-sort} prefers wins, of equally good ones the last.
 */
final class StagedScan {
  /** What a row costs beside its key where rows are sorted. */
  static final int BYTES_PER_SORTED = 160;

  private final MergeTable root;
  private final StagedRows staged;
  private final KeyColumns key;
  private final RootColumns columns;
  private final Optional<DedupSort> sort;
  private final StagedFates fates;
  private final KeyTable table;
  private final HashRange range;
  private final KeyHash hash;
  private final Map<Long, SortValue> sorted = new HashMap<>();

  StagedScan(
      MergeRequest request,
      StagedRows staged,
      KeyColumns key,
      StagedFates fates,
      KeyTable table,
      HashRange range) {
    this.root = request.root();
    this.staged = staged;
    this.key = key;
    this.columns =
        RootColumns.of(key.fields(root.schema()).orElseThrow(), root.schema(), request.rules());
    this.sort = columns.dedupSort() < 0 ? Optional.empty() : request.rules().dedupSort();
    this.fates = fates;
    this.table = table;
    this.range = range;
    this.hash = key.newHash();
  }

  /**
   * Reads all files.
   *
   * @param ranks gets the key of every row; empty when it has them
   */
  void run(RowReader reader, Optional<KeyRanks> ranks) {
    for (int file = 0; file < root.staged().size(); file++) {
      long base = staged.first(file);
      RowSource source = RowSource.staged(root.io(), root.staged().get(file).file());
      reader.read(
          source,
          columns.schema(),
          RowReader.Stretches.ALL,
          (first, read, rows) -> add(base + first, read, rows, ranks));
    }
  }

  private void add(long first, List<ReadColumn> read, int rows, Optional<KeyRanks> ranks) {
    for (int i = 0; i < rows; i++) {
      key.hash(read, i, hash);
      if (ranks.isPresent()) {
        ranks.get().add(read, i);
      }
      if (range.contains(hash.high())) {
        add(first + i, read, i);
      }
    }
  }

  private void add(long row, List<ReadColumn> read, int at) {
    int slot = table.find(hash.high(), hash.low());
    long rowHash = columns.hash(read, at);
    int flags = columns.flags(read, at);
    if (slot < 0) {
      table.add(hash.high(), hash.low(), row, rowHash, flags);
      remember(row, read, at);
    } else if (wins(row, table.row(slot), read, at)) {
      fates.kill(table.row(slot), Outcome.SUPERSEDED);
      sorted.remove(table.row(slot));
      table.set(slot, row, rowHash, flags);
      remember(row, read, at);
    } else {
      fates.kill(row, Outcome.SUPERSEDED);
    }
  }

  private void remember(long row, List<ReadColumn> read, int at) {
    if (sort.isPresent()) {
      sorted.put(row, columns.sortValue(read, at));
    }
  }

  private boolean wins(long row, long other, List<ReadColumn> read, int at) {
    if (sort.isPresent()) {
      SortValue mine = columns.sortValue(read, at);
      SortValue theirs = sorted.getOrDefault(other, SortValue.NULL);
      int order = mine.against(theirs, sort.get().leastWins());
      if (order != 0) {
        return order > 0;
      }
    }
    return staged.later(row, other);
  }
}
