package dev.firn.iceberg.internal.commit;

import dev.firn.batch.BatchSet;
import dev.firn.iceberg.internal.merge.StagedData;
import dev.firn.iceberg.internal.merge.StagedGroup;
import dev.firn.iceberg.internal.merge.StagedSets;
import dev.firn.iceberg.internal.stage.ChildRowCounts;
import dev.firn.iceberg.internal.stage.StagedDetails;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a package remembers of its sets: the manifest's row groups and the file of child rows. */
final class PackageSets implements StagedSets {
  private final Map<Long, List<RowRun>> runs = new HashMap<>();
  private final Path folder;
  private @Nullable ChildRowCounts childRows;

  PackageSets(StagedTable root, Path folder) {
    this.folder = folder;
    for (StagedFile file : root.files()) {
      for (RowGroup group : StagedDetails.parse(file.details()).groups()) {
        runs.computeIfAbsent(group.set(), any -> new ArrayList<>()).addAll(group.runs());
      }
    }
    runs.values().forEach(each -> each.sort(Comparator.comparingInt(RowRun::setRow)));
  }

  @Override
  public List<BatchSet.Run> runs(long set) {
    return runs.getOrDefault(set, List.of()).stream()
        .map(run -> new BatchSet.Run(run.split(), run.firstRow(), run.rows()))
        .toList();
  }

  @Override
  public int[] childRows(long set, TableName child) {
    if (childRows == null) {
      childRows = ChildRowCounts.read(folder);
    }
    return childRows.of(set, child);
  }

  /** A staged file as the planner reads it. */
  static StagedData data(FittedFile file) {
    List<StagedGroup> groups = file.details().groups().stream().map(PackageSets::group).toList();
    return new StagedData(file.file(), file.spec(), groups);
  }

  private static StagedGroup group(RowGroup group) {
    int next = 0;
    for (RowRun run : group.runs()) {
      if (run.setRow() != next) {
        return new StagedGroup(group.set(), group.firstRow(), group.rows(), setRows(group));
      }
      next += run.rows();
    }
    return StagedGroup.whole(group.set(), group.firstRow(), group.rows());
  }

  private static int[] setRows(RowGroup group) {
    int[] rows = new int[group.rows()];
    int next = 0;
    for (RowRun run : group.runs()) {
      for (int i = 0; i < run.rows(); i++) {
        rows[next++] = run.setRow() + i;
      }
    }
    return rows;
  }
}
