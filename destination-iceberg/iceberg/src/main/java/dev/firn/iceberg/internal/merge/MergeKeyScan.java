package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.roaringbitmap.RoaringBitmap;

/** Deletes all rows of the base that agree with any staged row in the merge key. */
final class MergeKeyScan {
  private final MergeTable root;
  private final StagedRows staged;
  private final KeyColumns key;
  private final RowReader reader;
  private final FileTasks files;

  MergeKeyScan(
      MergeTable root, StagedRows staged, KeyColumns key, RowReader reader, FileTasks files) {
    this.root = root;
    this.staged = staged;
    this.key = key;
    this.reader = reader;
    this.files = files;
  }

  /** The ranks of all staged merge keys, sorted. */
  KeyRanks ranks() {
    KeyRanks ranks = new KeyRanks(key.count(), staged.count());
    readStaged(
        (columns, rows) -> {
          for (int i = 0; i < rows; i++) {
            ranks.add(columns, i);
          }
        });
    ranks.sort();
    return ranks;
  }

  /**
   * Deletes.
   *
   * @param ranks those of {@link #ranks}
   * @param kept by target, positions of rows that stay whatever their merge key is
   */
  void run(
      KeyRanks ranks,
      List<TargetFile> targets,
      List<RoaringBitmap> kept,
      DeadRows deadRows,
      long budgetBytes) {
    Optional<List<Types.NestedField>> base = key.fields(deadRows.schema());
    if (base.isEmpty()) {
      return;
    }
    Search search = new Search(new Schema(base.get()), ranks.within(base.get()), deadRows);
    for (HashRange range : HashRange.covering(staged.count(), budgetBytes / IdSet.BYTES_PER_ID)) {
      IdSet keys = stagedKeys(range);
      List<Integer> numbers = IntStream.range(0, targets.size()).boxed().toList();
      files.forEach(
          numbers, number -> delete(targets.get(number), kept.get(number), search, range, keys));
    }
  }

  /** What is read of the base. */
  private record Search(Schema columns, RowReader.Stretches wanted, DeadRows deadRows) {}

  private IdSet stagedKeys(HashRange range) {
    IdSet keys = new IdSet();
    KeyHash hash = key.newHash();
    readStaged(
        (columns, rows) -> {
          for (int i = 0; i < rows; i++) {
            key.hash(columns, i, hash);
            if (range.contains(hash.high())) {
              keys.add(hash);
            }
          }
        });
    return keys;
  }

  private void delete(
      TargetFile target, RoaringBitmap kept, Search search, HashRange range, IdSet keys) {
    LongPredicate gone = search.deadRows().of(target);
    KeyHash hash = key.newHash();
    reader.read(
        target.source(),
        search.columns(),
        search.wanted(),
        (first, read, rows) -> {
          for (int i = 0; i < rows; i++) {
            if (!key.complete(read, i)) {
              continue; // no staged key equals null
            }
            key.hash(read, i, hash);
            if (range.contains(hash.high())
                && keys.contains(hash)
                && !kept.contains(Positions.bit(first + i))
                && !gone.test(first + i)) {
              target.deleted().add(Positions.bit(first + i));
            }
          }
        });
  }

  /** Takes the merge keys of some staged rows. */
  private interface StagedKeys {
    void rows(List<ReadColumn> columns, int rows);
  }

  private void readStaged(StagedKeys keys) {
    Schema columns = new Schema(key.fields(root.schema()).orElseThrow());
    for (StagedData data : root.staged()) {
      reader.read(
          RowSource.staged(root.io(), data.file()),
          columns,
          RowReader.Stretches.ALL,
          (first, read, rows) -> keys.rows(read, rows));
    }
  }
}
