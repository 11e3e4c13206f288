package dev.firn.iceberg.internal.commit;

import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFile;

/**
 * Names the files that a commit makes for a table, each noted before it is made.
 *
 * @param notes takes them down
 */
record NewFiles(LoadId load, TableName name, Table table, Notes notes) {
  /** Where files are noted. */
  @FunctionalInterface
  interface Notes {
    void note(TableName table, String path);
  }

  /**
   * The path of a Parquet file.
   *
   * @param what says in the file's name what it holds
   */
  String path(PartitionSpec spec, StructLike partition, String what) {
    String file = "%s-%s-%s.parquet".formatted(load, what, UUID.randomUUID());
    return noted(
        spec.isUnpartitioned()
            ? table.locationProvider().newDataLocation(file)
            : table.locationProvider().newDataLocation(spec, partition, file));
  }

  /** A file of vectors, for any partitions. */
  OutputFile vectors() {
    String file = "%s-deletes-%s.puffin".formatted(load, UUID.randomUUID());
    return table.io().newOutputFile(noted(table.locationProvider().newDataLocation(file)));
  }

  private String noted(String path) {
    notes.note(name, path);
    return path;
  }
}
