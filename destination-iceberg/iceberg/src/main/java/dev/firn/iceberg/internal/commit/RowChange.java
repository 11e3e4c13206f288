package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.LiveTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/** What a commit does to the rows of one table. */
interface RowChange {
  Counts counts();

  int filesAdded();

  /** Whether all rows stay as they are. */
  boolean isEmpty();

  /** Makes the snapshot, with these entries in its summary. */
  void apply(Transaction transaction, Map<String, String> summary);

  /** Commits an update into a transaction, with these entries in its summary. */
  static void commit(SnapshotUpdate<?> update, Map<String, String> summary) {
    summary.forEach(update::set);
    update.commit();
  }

  /**
   * New rows beside those that are there; without files, a snapshot that only carries its summary.
   */
  record Append(List<DataFile> files, Counts counts) implements RowChange {
    static Append of(List<FittedFile> files) {
      List<DataFile> added = files.stream().map(FittedFile::file).toList();
      return new Append(added, Counts.inserted(rows(added)));
    }

    @Override
    public int filesAdded() {
      return files.size();
    }

    @Override
    public boolean isEmpty() {
      return files.isEmpty();
    }

    @Override
    public void apply(Transaction transaction, Map<String, String> summary) {
      AppendFiles append = transaction.newAppend();
      files.forEach(append::appendFile);
      commit(append, summary);
    }
  }

  /**
   * New rows in place of all that are there.
   *
   * @param nothingThere whether there are none to replace
   */
  record Replace(List<DataFile> files, Counts counts, boolean nothingThere) implements RowChange {
    /**
     * A replacement.
     *
     * @param base the table before, empty for a new one
     */
    static Replace of(List<FittedFile> files, Optional<TableMetadata> base) {
      List<DataFile> added = files.stream().map(FittedFile::file).toList();
      long before = base.map(LiveTables::total).orElse(0L);
      return new Replace(
          added,
          new Counts(rows(added), 0, before, 0, 0),
          base.map(LiveTables::isEmpty).orElse(true));
    }

    @Override
    public int filesAdded() {
      return files.size();
    }

    @Override
    public boolean isEmpty() {
      return files.isEmpty() && nothingThere;
    }

    @Override
    public void apply(Transaction transaction, Map<String, String> summary) {
      OverwriteFiles overwrite =
          transaction.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
      files.forEach(overwrite::addFile);
      commit(overwrite, summary);
    }
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
