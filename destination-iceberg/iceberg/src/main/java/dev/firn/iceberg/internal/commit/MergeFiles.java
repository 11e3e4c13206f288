package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.commit.DeadRowFiles.Dead;
import dev.firn.iceberg.internal.merge.DeletionVectors.Written;
import dev.firn.iceberg.internal.merge.StagedPlan;
import dev.firn.iceberg.internal.merge.TablePlan;
import dev.firn.iceberg.internal.merge.TargetCopy;
import dev.firn.iceberg.internal.merge.TargetDeletes;
import dev.firn.iceberg.internal.merge.UndoPlan;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.stage.BloomColumns;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
import dev.firn.load.DeleteMode;
import dev.firn.load.LoadId;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * Writes what a table's merge plan asks for: position deletes, from format version 3 on as vectors,
 * or copies without the dead rows.
 */
final class MergeFiles {
  private final LoadId load;
  private final Path folder;
  private final Table table;
  private final DeleteMode mode;

  /**
   * Files for one table.
   *
   * @param folder the package's folder, where they are noted
   * @param table with the schema that the commit gives it
   * @param said how it is to forget rows. A format version knows one way beside copying: what was
   *     said of the other one gives way, since another writer may have raised the version
   */
  MergeFiles(LoadId load, Path folder, Table table, WriteRules said) {
    this.load = load;
    this.folder = folder;
    this.table = table;
    this.mode = mode(table, said);
  }

  private static DeleteMode mode(Table table, WriteRules said) {
    if (said.copies()) {
      return DeleteMode.COPY_ON_WRITE;
    }
    return TableUtil.formatVersion(table) > 2
        ? DeleteMode.DELETION_VECTORS
        : DeleteMode.POSITION_DELETES;
  }

  /**
   * Carries a plan out.
   *
   * @param staged the files of the plan, in its order, as they fit the table now
   */
  MergeChange write(
      TableName name,
      TablePlan plan,
      List<FittedFile> staged,
      OptionalLong scanned,
      Counts counts) {
    try (BufferAllocator memory = new RootAllocator();
        StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      Parts parts = new Parts(new NewFiles(load, name, table, journal::note), memory);
      for (int i = 0; i < staged.size(); i++) {
        parts.add(plan.staged().get(i), staged.get(i));
      }
      parts.delete(plan);
      return parts.change(plan, scanned, counts);
    }
  }

  /**
   * Takes rows out and brings others back. These files are noted nowhere: they are no package's,
   * and what becomes of a package must not concern them.
   */
  MergeChange undo(TableName name, UndoPlan plan, OptionalLong scanned) {
    try (BufferAllocator memory = new RootAllocator()) {
      Parts parts = new Parts(new NewFiles(load, name, table, (of, path) -> {}), memory);
      parts.delete(plan.gone());
      parts.bringBack(plan.back());
      return parts.change(plan.gone(), scanned, Counts.NONE);
    }
  }

  private EncoderSettings settings() {
    List<String> columns = table.schema().columns().stream().map(Types.NestedField::name).toList();
    return EncoderSettings.DEFAULT.withBloomColumns(BloomColumns.of(table.properties(), columns));
  }

  private boolean removesFile(TargetDeletes target) {
    return target.whole() || mode == DeleteMode.COPY_ON_WRITE;
  }

  /** What the change consists of so far. */
  private final class Parts {
    private final NewFiles files;
    private final BufferAllocator memory;
    private final List<DataFile> added = new ArrayList<>();
    private final List<DataFile> removed = new ArrayList<>();
    private final List<Dead> dead = new ArrayList<>();
    private final List<DeleteFile> obsolete = new ArrayList<>();

    Parts(NewFiles files, BufferAllocator memory) {
      this.files = files;
      this.memory = memory;
    }

    void add(StagedPlan plan, FittedFile staged) {
      StagedCopies copies = new StagedCopies(files, memory);
      switch (plan.fate()) {
        case ADD -> added.add(copies.withIds(plan, staged));
        case ADD_WITH_DELETES -> {
          if (mode == DeleteMode.COPY_ON_WRITE) {
            added.add(copies.live(plan, staged));
          } else {
            DataFile file = copies.withIds(plan, staged);
            added.add(file);
            dead.add(new Dead(file, staged.spec(), List.of(), plan.dead()));
          }
        }
        case REWRITE -> added.add(copies.live(plan, staged));
        case LEAVE_OUT -> {}
      }
    }

    void delete(TablePlan plan) {
      TargetCopy copy = new TargetCopy(table, settings(), memory);
      List<TargetDeletes> copied = new ArrayList<>();
      for (TargetDeletes target : plan.deletes()) {
        if (!removesFile(target)) {
          dead.add(Dead.of(target));
          continue;
        }
        removed.add(target.file());
        target.earlier().stream().filter(ContentFileUtil::isFileScoped).forEach(obsolete::add);
        if (!target.whole()) {
          copied.add(target);
        }
      }
      added.addAll(
          copy.copyAll(copied, each -> files.path(each.spec(), each.file().partition(), "rest")));
      plan.closing()
          .map(closing -> new ClosedVersions(files, copy, closing))
          .ifPresent(closed -> added.addAll(closed.write(plan.deletes())));
    }

    void bringBack(List<TargetDeletes> back) {
      added.addAll(
          new TargetCopy(table, settings(), memory)
              .copyAll(back, each -> files.path(each.spec(), each.file().partition(), "returned")));
    }

    MergeChange change(TablePlan plan, OptionalLong scanned, Counts counts) {
      DeadRowFiles rows = new DeadRowFiles(files, memory);
      Written deletes =
          mode == DeleteMode.DELETION_VECTORS ? rows.vectors(dead) : rows.positionDeletes(dead);
      obsolete.addAll(deletes.replaced());
      List<String> referenced =
          plan.deletes().stream()
              .filter(each -> !removesFile(each))
              .map(each -> each.file().location())
              .toList();
      return new MergeChange(
          added, removed, new Written(deletes.added(), obsolete), scanned, referenced, counts);
    }
  }
}
