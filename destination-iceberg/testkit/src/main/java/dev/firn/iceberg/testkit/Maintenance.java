package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** What other engines do to a table between two loads, none of which changes a row. */
public enum Maintenance {
  /** A snapshot without changes. */
  EMPTY_COMMIT {
    @Override
    public void run(Table table) {
      table.newAppend().commit();
    }
  },
  /** All files and their deletes become one file a partition. */
  COMPACTION {
    @Override
    public void run(Table table) {
      compact(table);
    }
  },
  /** Only the current snapshot stays. */
  EXPIRY {
    @Override
    public void run(Table table) {
      DestinationFixture.expire(table).expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    }
  },
  /** Manifests are written anew. */
  MANIFESTS {
    @Override
    public void run(Table table) {
      if (table.currentSnapshot() != null) {
        table.rewriteManifests().clusterBy(DataFile::partition).commit();
      }
    }
  };

  /** Does it, in one commit. */
  public abstract void run(Table table);

  private static void compact(Table table) {
    if (table.currentSnapshot() == null) {
      return;
    }
    Set<DataFile> old = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> old.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (old.isEmpty()) {
      return;
    }
    RewriteFiles rewrite =
        table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
    written(table).forEach(rewrite::addFile);
    old.forEach(rewrite::deleteFile);
    Set.copyOf(LiveEntries.deletes(table)).forEach(rewrite::deleteFile);
    rewrite.commit();
  }

  private static List<DataFile> written(Table table) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ForeignFile.byPartition(table, rows);
  }
}
