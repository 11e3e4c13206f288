package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.DeletionVectors;
import dev.firn.iceberg.internal.merge.DeletionVectors.Written;
import dev.firn.iceberg.internal.merge.Positions;
import dev.firn.iceberg.internal.merge.TargetDeletes;
import dev.firn.iceberg.internal.parquet.PositionDeleteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.util.StructLikeWrapper;

/** Writes which rows of data files are dead: as position deletes, or as vectors. */
final class DeadRowFiles {
  // Beyond, the small files cost readers more than a shared one does.
  private static final int MOST_SINGLE = 32;

  private final NewFiles files;
  private final BufferAllocator memory;

  DeadRowFiles(NewFiles files, BufferAllocator memory) {
    this.files = files;
    this.memory = memory;
  }

  /**
   * Dead rows of one data file.
   *
   * @param earlier deletes that apply to it already
   */
  record Dead(DataFile file, PartitionSpec spec, List<DeleteFile> earlier, Positions positions) {
    static Dead of(TargetDeletes target) {
      return new Dead(target.file(), target.spec(), target.earlier(), target.positions());
    }
  }

  Written vectors(List<Dead> dead) {
    DeletionVectors vectors = new DeletionVectors(files.table().io(), files::vectors);
    dead.forEach(
        each -> vectors.delete(each.file(), each.spec(), each.earlier(), each.positions()));
    return vectors.finish();
  }

  Written positionDeletes(List<Dead> dead) {
    List<DeleteFile> written = new ArrayList<>();
    for (List<Dead> together : grouped(dead)) {
      Dead first = together.get(0);
      String path = files.path(first.spec(), first.file().partition(), "deletes");
      try (PositionDeleteWriter writer =
          new PositionDeleteWriter(files.table().io(), path, memory)) {
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
      groups
          .computeIfAbsent(partition(each.spec(), each.file()), any -> new ArrayList<>())
          .add(each);
    }
    return new ArrayList<>(groups.values());
  }

  /** What files of one partition agree in. */
  static List<Object> partition(PartitionSpec spec, DataFile file) {
    return List.of(
        spec.specId(), StructLikeWrapper.forType(spec.partitionType()).set(file.partition()));
  }
}
