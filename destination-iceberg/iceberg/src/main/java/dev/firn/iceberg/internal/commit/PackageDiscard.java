package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.Optional;

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
    return context
        .current(root)
        .flatMap(table -> CommittedBefore.find(table, context.load(), root))
        .or(() -> CommittedBefore.findFiles(context))
        .isPresent();
  }
}
