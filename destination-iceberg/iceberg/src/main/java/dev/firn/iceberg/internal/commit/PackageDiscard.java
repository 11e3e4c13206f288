package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/** Gives up a package: its child commits are undone, its files deleted where nothing names them. */
public final class PackageDiscard {
  private final CommitContext context;

  public PackageDiscard(Tables tables, LoadPackage load, Path folder, Pause pause) {
    Fence none = new Fence(load, Optional.empty());
    this.context = new CommitContext(tables, load, none, folder, LoadObserver.NONE, pause);
  }

  public void run() {
    if (!isComplete()) {
      new ChildUndo(context).undoAll();
      new UnusedFiles(context).delete();
    }
  }

  // The files of a complete load are its tables'.
  private boolean isComplete() {
    TableName root = context.load().root().schema().name();
    Optional<TableMetadata> live = context.current(root);
    if (live.filter(table -> context.isBehind(root, table)).isPresent()) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "Table %s: the catalog shows it as it was before load %s was committed."
              .formatted(root, context.load().loadId()),
          "Run again when the catalog shows the newest state of its tables.");
    }
    return live.flatMap(table -> CommittedBefore.find(table, context.load(), root))
        .or(() -> CommittedBefore.findFiles(context))
        .isPresent();
  }
}
