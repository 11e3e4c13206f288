package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.DeletionVectors;
import dev.firn.iceberg.internal.merge.DeletionVectors.Written;
import dev.firn.iceberg.internal.merge.LiveRowCopy;
import dev.firn.iceberg.internal.merge.MergeTable;
import dev.firn.iceberg.internal.merge.Positions;
import dev.firn.iceberg.internal.merge.StagedData;
import dev.firn.iceberg.internal.merge.StagedPlan;
import dev.firn.iceberg.internal.merge.TablePlan;
import dev.firn.iceberg.internal.merge.TargetDeletes;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.parquet.PositionDeleteWriter;
import dev.firn.iceberg.internal.stage.BloomColumns;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
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
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
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

  /**
   * Files for one table.
   *
   * @param folder the package's folder, where they are noted
   * @param table with the schema that the commit gives it
   */
  MergeFiles(LoadId load, Path folder, Table table) {
    this.load = load;
    this.folder = folder;
    this.table = table;
  }

  /** Rows of one data file that are to be deleted. */
  private record Dead(DataFile file, PartitionSpec spec, Positions positions) {}

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
    List<DataFile> added = new ArrayList<>();
    List<Dead> dead = new ArrayList<>();
    try (BufferAllocator memory = new RootAllocator();
        StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      for (int i = 0; i < staged.size(); i++) {
        StagedPlan each = plan.staged().get(i);
        DataFile file = staged.get(i).file();
        switch (each.fate()) {
          case ADD -> added.add(file);
          case ADD_WITH_DELETES -> {
            added.add(file);
            dead.add(new Dead(file, staged.get(i).spec(), each.dead()));
          }
          case REWRITE -> added.add(rewrite(name, each, staged.get(i), journal, memory));
          case LEAVE_OUT -> {}
        }
      }
      Written deletes =
          TableUtil.formatVersion(table) > 2
              ? vectors(name, plan, dead, journal)
              : positionDeletes(name, plan, dead, journal, memory);
      List<String> referenced =
          plan.deletes().stream().map(each -> each.file().location()).toList();
      return new MergeChange(added, deletes, scanned, referenced, counts);
    }
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
    MergeTable source =
        new MergeTable(name, Optional.of(table), table.io(), table.schema(), List.of());
    List<String> columns = staged.details().fields().stream().map(StagedField::name).toList();
    FooterSchema footer =
        FooterSchema.of(table.schema().select(columns), MetricsConfig.forTable(table));
    EncoderSettings settings = EncoderSettings.DEFAULT.withBloomColumns(BloomColumns.of(columns));
    String path = newPath(name, staged.spec(), staged.file().partition(), "live", journal);
    return new LiveRowCopy(source, footer, settings, memory).copy(fitted, path);
  }

  private Written vectors(
      TableName name, TablePlan plan, List<Dead> staged, StagedFilesJournal journal) {
    DeletionVectors vectors =
        new DeletionVectors(
            table.io(),
            () -> {
              String file = "%s-deletes-%s.puffin".formatted(load, UUID.randomUUID());
              String path = table.locationProvider().newDataLocation(file);
              journal.note(name, path);
              return table.io().newOutputFile(path);
            });
    plan.deletes().forEach(vectors::delete);
    staged.forEach(each -> vectors.delete(each.file(), each.spec(), each.positions()));
    return vectors.finish();
  }

  private Written positionDeletes(
      TableName name,
      TablePlan plan,
      List<Dead> staged,
      StagedFilesJournal journal,
      BufferAllocator memory) {
    List<Dead> dead = new ArrayList<>(staged);
    for (TargetDeletes each : plan.deletes()) {
      dead.add(new Dead(each.file(), each.spec(), each.positions()));
    }
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
