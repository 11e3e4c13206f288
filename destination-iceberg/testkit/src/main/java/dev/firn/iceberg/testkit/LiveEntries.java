package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The files that a table's current snapshot is made of. */
public final class LiveEntries {
  private LiveEntries() {}

  /** The locations of all live data files, each as often as a manifest names it. */
  public static List<String> dataFiles(Table table) {
    List<String> locations = new ArrayList<>();
    if (table.currentSnapshot() == null) {
      return locations;
    }
    for (ManifestFile manifest : table.currentSnapshot().dataManifests(table.io())) {
      try (ManifestReader<DataFile> files =
          ManifestFiles.read(manifest, table.io(), table.specs())) {
        for (DataFile file : files) {
          locations.add(file.location());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return locations;
  }

  /** The locations of the live delete files that concern live data files. */
  public static List<String> deleteFiles(Table table) {
    return deletes(table).stream().map(ContentFile::location).distinct().toList();
  }

  static List<DeleteFile> deletes(Table table) {
    List<DeleteFile> deletes = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> deletes.addAll(task.deletes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deletes;
  }
}
