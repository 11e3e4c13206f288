package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.DeletionVectors;
import dev.firn.iceberg.internal.merge.DeletionVectors.Written;
import dev.firn.iceberg.internal.merge.LiveRowCopy;
import dev.firn.iceberg.internal.merge.MergeTable;
import dev.firn.iceberg.internal.merge.Positions;
import dev.firn.iceberg.internal.merge.StagedData;
import dev.firn.iceberg.internal.merge.StagedPlan;
import dev.firn.iceberg.internal.merge.TablePlan;
import dev.firn.iceberg.internal.merge.TablePlan.Closing;
import dev.firn.iceberg.internal.merge.TargetCopy;
import dev.firn.iceberg.internal.merge.TargetDeletes;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.PositionDeleteWriter;
import dev.firn.iceberg.internal.stage.BloomColumns;
import dev.firn.iceberg.internal.stage.DeleteModes;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
import dev.firn.load.DeleteMode;
import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Writes what a table's merge plan asks for: position deletes, from format version 3 on as vectors,
 * and copies of mostly dead files.
 */
final class MergeFiles {
  // Beyond, the small files cost readers more than a shared one does.
  private static final int MOST_SINGLE = 32;

  private final LoadId load;
  private final Path folder;
  private final Table table;
  private final DeleteMode mode;

  /**
   * Files for one table.
   *
   * @param folder the package's folder, where they are noted
   * @param table with the schema that the commit gives it
   * @param said how it forgets rows; empty: as its format version does
   */
  MergeFiles(LoadId load, Path folder, Table table, Optional<DeleteMode> said) {
    this.load = load;
    this.folder = folder;
    this.table = table;
    this.mode = mode(table, said);
  }

  private static DeleteMode mode(Table table, Optional<DeleteMode> said) {
    int version = TableUtil.formatVersion(table);
    DeleteModes.require(table.name(), version, said);
    return said.orElse(version > 2 ? DeleteMode.DELETION_VECTORS : DeleteMode.POSITION_DELETES);
  }

  /** Rows of one data file that are to be deleted. */
  private record Dead(
      DataFile file, PartitionSpec spec, List<DeleteFile> earlier, Positions positions) {
    static Dead of(TargetDeletes target) {
      return new Dead(target.file(), target.spec(), target.earlier(), target.positions());
    }

    static Dead of(FittedFile staged, Positions positions) {
      return new Dead(staged.file(), staged.spec(), List.of(), positions);
    }
  }

  /** What the change consists of so far. */
  private record Parts(
      List<DataFile> added, List<DataFile> removed, List<Dead> dead, List<DeleteFile> obsolete) {
    Parts() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
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
    Parts parts = new Parts();
    try (BufferAllocator memory = new RootAllocator();
        StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      for (int i = 0; i < staged.size(); i++) {
        add(name, plan.staged().get(i), staged.get(i), parts, journal, memory);
      }
      delete(name, plan.deletes(), parts, journal, memory);
      if (plan.closing().isPresent()) {
        close(name, plan.deletes(), plan.closing().get(), parts, journal, memory);
      }
      Written deletes =
          mode == DeleteMode.DELETION_VECTORS
              ? vectors(name, parts.dead(), journal)
              : positionDeletes(name, parts.dead(), journal, memory);
      List<String> referenced =
          plan.deletes().stream()
              .filter(each -> !removesFile(each))
              .map(each -> each.file().location())
              .toList();
      List<DeleteFile> obsolete = new ArrayList<>(parts.obsolete());
      obsolete.addAll(deletes.replaced());
      return new MergeChange(
          parts.added(),
          parts.removed(),
          new Written(deletes.added(), obsolete),
          scanned,
          referenced,
          counts);
    }
  }

  private void add(
      TableName name,
      StagedPlan plan,
      FittedFile staged,
      Parts parts,
      StagedFilesJournal journal,
      BufferAllocator memory) {
    switch (plan.fate()) {
      case ADD -> parts.added().add(staged.file());
      case ADD_WITH_DELETES -> {
        if (mode == DeleteMode.COPY_ON_WRITE) {
          parts.added().add(rewrite(name, plan, staged, journal, memory));
        } else {
          parts.added().add(staged.file());
          parts.dead().add(Dead.of(staged, plan.dead()));
        }
      }
      case REWRITE -> parts.added().add(rewrite(name, plan, staged, journal, memory));
      case LEAVE_OUT -> {}
    }
  }

  private void delete(
      TableName name,
      List<TargetDeletes> targets,
      Parts parts,
      StagedFilesJournal journal,
      BufferAllocator memory) {
    List<TargetDeletes> copied = new ArrayList<>();
    for (TargetDeletes target : targets) {
      if (removesFile(target)) {
        parts.removed().add(target.file());
        target.earlier().stream()
            .filter(ContentFileUtil::isFileScoped)
            .forEach(parts.obsolete()::add);
        if (!target.whole()) {
          copied.add(target);
        }
      } else {
        parts.dead().add(Dead.of(target));
      }
    }
    if (!copied.isEmpty()) {
      TargetCopy copy = new TargetCopy(table, EncoderSettings.DEFAULT, memory);
      parts
          .added()
          .addAll(
              copy.copyAll(
                  copied,
                  each -> newPath(name, each.spec(), each.file().partition(), "rest", journal)));
    }
  }

  /** Rows that go come back with another value, one file a partition. */
  private void close(
      TableName name,
      List<TargetDeletes> deletes,
      Closing closing,
      Parts parts,
      StagedFilesJournal journal,
      BufferAllocator memory) {
    Map<List<Object>, List<TargetDeletes>> groups = new LinkedHashMap<>();
    for (TargetDeletes each : deletes) {
      StructLikeWrapper partition =
          StructLikeWrapper.forType(each.spec().partitionType()).set(each.file().partition());
      groups
          .computeIfAbsent(List.of(each.spec().specId(), partition), any -> new ArrayList<>())
          .add(each);
    }
    for (List<TargetDeletes> together : groups.values()) {
      PartitionSpec spec = together.get(0).spec();
      StructLike partition = closedPartition(spec, together.get(0).file().partition(), closing);
      String path = newPath(name, spec, partition, "closed", journal);
      TargetCopy copy = new TargetCopy(table, EncoderSettings.DEFAULT, memory);
      parts.added().add(copy.closed(together, closing, partition, path));
    }
  }

  /** The partition that rows move to, where the changed column is part of it. */
  @SuppressWarnings("unchecked") // the transform is bound to the type of the value
  private static StructLike closedPartition(
      PartitionSpec spec, StructLike before, Closing closing) {
    PartitionData partition = new PartitionData(spec.partitionType());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      boolean changed = closing.column().equals(spec.schema().findColumnName(field.sourceId()));
      partition.set(
          i,
          changed
              ? ((Transform<Object, Object>) field.transform())
                  .bind(spec.schema().findType(field.sourceId()))
                  .apply(closing.micros())
              : before.get(i, Object.class));
    }
    return partition;
  }

  private boolean removesFile(TargetDeletes target) {
    return target.whole() || mode == DeleteMode.COPY_ON_WRITE;
  }

  private DataFile rewrite(
      TableName name,
      StagedPlan plan,
      FittedFile staged,
      StagedFilesJournal journal,
      BufferAllocator memory) {
    StagedPlan fitted =
        new StagedPlan(
            new StagedData(staged.file(), staged.spec(), plan.data().groups()),
            plan.dead(),
            plan.fate());
    MergeTable source = new MergeTable(name, Optional.of(table), table, table.schema(), List.of());
    List<String> columns = staged.details().fields().stream().map(StagedField::name).toList();
    FooterSchema footer =
        FooterSchema.of(table.schema().select(columns), MetricsConfig.forTable(table));
    EncoderSettings settings = EncoderSettings.DEFAULT.withBloomColumns(BloomColumns.of(columns));
    String path = newPath(name, staged.spec(), staged.file().partition(), "live", journal);
    return new LiveRowCopy(source, footer, settings, memory).copy(fitted, path);
  }

  private Written vectors(TableName name, List<Dead> dead, StagedFilesJournal journal) {
    DeletionVectors vectors =
        new DeletionVectors(
            table.io(),
            () -> {
              String file = "%s-deletes-%s.puffin".formatted(load, UUID.randomUUID());
              String path = table.locationProvider().newDataLocation(file);
              journal.note(name, path);
              return table.io().newOutputFile(path);
            });
    dead.forEach(
        each -> vectors.delete(each.file(), each.spec(), each.earlier(), each.positions()));
    return vectors.finish();
  }

  private Written positionDeletes(
      TableName name, List<Dead> dead, StagedFilesJournal journal, BufferAllocator memory) {
    List<DeleteFile> written = new ArrayList<>();
    for (List<Dead> together : grouped(dead)) {
      Dead first = together.get(0);
      String path = newPath(name, first.spec(), first.file().partition(), "deletes", journal);
      try (PositionDeleteWriter writer = new PositionDeleteWriter(table.io(), path, memory)) {
        for (Dead each : together) {
          String location = each.file().location();
          each.positions().forEach(position -> writer.delete(location, position));
        }
        written.add(writer.finish(first.spec(), first.file().partition()));
      }
    }
    return new Written(written, List.of());
  }

  // One delete file a data file, or one a partition where there would be too many; ordered by path.
  private static List<List<Dead>> grouped(List<Dead> dead) {
    List<Dead> ordered = new ArrayList<>(dead);
    ordered.sort(Comparator.comparing(each -> each.file().location()));
    if (ordered.size() <= MOST_SINGLE) {
      return ordered.stream().map(List::of).toList();
    }
    Map<List<Object>, List<Dead>> groups = new LinkedHashMap<>();
    for (Dead each : ordered) {
      StructLikeWrapper partition =
          StructLikeWrapper.forType(each.spec().partitionType()).set(each.file().partition());
      groups
          .computeIfAbsent(List.of(each.spec().specId(), partition), any -> new ArrayList<>())
          .add(each);
    }
    return new ArrayList<>(groups.values());
  }

  private String newPath(
      TableName name,
      PartitionSpec spec,
      StructLike partition,
      String what,
      StagedFilesJournal journal) {
    String file = "%s-%s-%s.parquet".formatted(load, what, UUID.randomUUID());
    String path =
        spec.isUnpartitioned()
            ? table.locationProvider().newDataLocation(file)
            : table.locationProvider().newDataLocation(spec, partition, file);
    journal.note(name, path);
    return path;
  }
}
