package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.TablePlan.Closing;
import dev.firn.iceberg.internal.merge.TargetCopy;
import dev.firn.iceberg.internal.merge.TargetDeletes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.transforms.Transform;

/** Writes rows that go once more, with another value in one column: one file a partition. */
final class ClosedVersions {
  private final NewFiles files;
  private final TargetCopy copy;
  private final Closing closing;

  ClosedVersions(NewFiles files, TargetCopy copy, Closing closing) {
    this.files = files;
    this.copy = copy;
    this.closing = closing;
  }

  /** The files to be added. */
  List<DataFile> write(List<TargetDeletes> deletes) {
    Map<List<Object>, List<TargetDeletes>> groups = new LinkedHashMap<>();
    for (TargetDeletes each : deletes) {
      groups
          .computeIfAbsent(
              DeadRowFiles.partition(each.spec(), each.file()), any -> new ArrayList<>())
          .add(each);
    }
    List<DataFile> closed = new ArrayList<>();
    for (List<TargetDeletes> together : groups.values()) {
      PartitionSpec spec = together.get(0).spec();
      StructLike partition = moved(spec, together.get(0).file().partition());
      String path = files.path(spec, partition, "closed");
      closed.add(copy.closed(together, closing, partition, path));
    }
    return closed;
  }

  /** The partition that rows move to, where the changed column is part of it. */
  @SuppressWarnings("unchecked") // the transform is bound to the type of the value
  private StructLike moved(PartitionSpec spec, StructLike before) {
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
}
