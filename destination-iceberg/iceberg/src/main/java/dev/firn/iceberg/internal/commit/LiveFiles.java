package dev.firn.iceberg.internal.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The data and delete files that make up a table now. */
final class LiveFiles {
  private LiveFiles() {}

  /** Where they lie; reads all manifests of the current snapshot. */
  static Set<String> paths(Table table) {
    Set<String> paths = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        paths.add(task.file().location());
        task.deletes().forEach(file -> paths.add(file.location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths;
  }
}
