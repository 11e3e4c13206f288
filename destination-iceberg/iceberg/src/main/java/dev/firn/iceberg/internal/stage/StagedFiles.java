package dev.firn.iceberg.internal.stage;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files by the journal of their package. */
public final class StagedFiles {
  private static final Logger log = LoggerFactory.getLogger(StagedFiles.class);

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
    Map<TableName, Table> storage = new HashMap<>(); // a table's storage may be closed without it
    for (StagedFilesJournal.Entry entry : StagedFilesJournal.read(folder)) {
      if (chosen.test(entry)) {
        delete(storage.computeIfAbsent(entry.table(), this::of).io(), entry.path());
      }
    }
  }

  private static void delete(FileIO storage, String path) {
    try {
      storage.deleteFile(path);
    } catch (NotFoundException e) {
      log.debug("{} is gone, or was never made", path);
    }
  }

  private Table of(TableName name) {
    return StagingTarget.of(tables, name).table();
  }
}
