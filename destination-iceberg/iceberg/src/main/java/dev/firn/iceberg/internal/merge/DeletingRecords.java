package dev.firn.iceberg.internal.merge;

import dev.firn.load.WriteRules;
import java.util.List;

/** The staged rows that say what to delete, where no key tells rows apart. */
final class DeletingRecords {
  private final MergeTable root;
  private final StagedRows staged;
  private final RootColumns columns;
  private final RowReader reader;

  DeletingRecords(MergeTable root, StagedRows staged, WriteRules rules, RowReader reader) {
    this.root = root;
    this.staged = staged;
    this.columns = RootColumns.of(List.of(), root.schema(), rules);
    this.reader = reader;
  }

  /** None of them becomes visible. */
  void kill(StagedFates fates) {
    if (columns.hardDelete() < 0) {
      return;
    }
    for (int file = 0; file < root.staged().size(); file++) {
      long base = staged.first(file);
      reader.read(
          RowSource.staged(root.io(), root.staged().get(file).file()),
          columns.schema(),
          RowReader.Stretches.ALL,
          (first, read, rows) -> {
            for (int i = 0; i < rows; i++) {
              if (columns.deletes(read, i)) {
                fates.kill(base + first + i, Outcome.DELETED);
              }
            }
          });
    }
  }
}
