package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.DeletionVectors.Written;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/**
 * New rows, and position deletes of old and dead ones.
 *
 * @param removed data files that go with all their rows
 * @param scanned the snapshot that the deletes were found in; empty for a table without one
 * @param referenced data files of that snapshot that lose rows and stay
 */
record MergeChange(
    List<DataFile> files,
    List<DataFile> removed,
    Written deletes,
    OptionalLong scanned,
    List<String> referenced,
    Counts counts)
    implements RowChange {
  MergeChange {
    files = List.copyOf(files);
    removed = List.copyOf(removed);
    referenced = List.copyOf(referenced);
  }

  @Override
  public int filesAdded() {
    return files.size();
  }

  @Override
  public boolean isEmpty() {
    return files.isEmpty() && removed.isEmpty() && deletes.added().isEmpty();
  }

  // A delete that names a file which another writer has compacted away would commit and do nothing.
  @Override
  public void apply(Transaction transaction, Map<String, String> summary) {
    RowDelta delta = transaction.newRowDelta();
    files.forEach(delta::addRows);
    removed.forEach(delta::removeRows);
    deletes.added().forEach(delta::addDeletes);
    deletes.replaced().forEach(delta::removeDeletes);
    scanned.ifPresent(delta::validateFromSnapshot);
    delta
        .validateDataFilesExist(referenced)
        .validateDeletedFiles()
        .conflictDetectionFilter(Expressions.alwaysTrue())
        .validateNoConflictingDataFiles()
        .validateNoConflictingDeleteFiles();
    RowChange.commit(delta, summary);
  }
}
