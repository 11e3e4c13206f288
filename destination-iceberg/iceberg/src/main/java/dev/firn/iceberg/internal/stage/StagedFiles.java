package dev.firn.iceberg.internal.stage;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.io.FileIO;

/** Deletes files by the journal of their package. */
public final class StagedFiles {
  private final Tables tables;

  public StagedFiles(Tables tables) {
    this.tables = tables;
  }

  /** Deletes all files that were noted; those that are gone are none. */
  public void deleteAll(Path folder) {
    delete(folder, entry -> true);
  }

  /** Deletes the files chosen. */
  public void delete(Path folder, Predicate<StagedFilesJournal.Entry> chosen) {
    Map<TableName, FileIO> storage = new HashMap<>();
    for (StagedFilesJournal.Entry entry : StagedFilesJournal.read(folder)) {
      if (chosen.test(entry)) {
        storage.computeIfAbsent(entry.table(), this::storageOf).deleteFile(entry.path());
      }
    }
  }

  private FileIO storageOf(TableName name) {
    return StagingTarget.of(tables, name).table().io();
  }
}
