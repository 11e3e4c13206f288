package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a file's partition whether it can hold one of the staged keys: rows of one key agree in
 * the partition values that are made of key columns. The others may differ; a row can move.
 */
final class KeyPartitions {
  private final int specId;
  private final List<Integer> fromKey;
  private final Set<List<@Nullable Object>> staged = new HashSet<>();

  private KeyPartitions(int specId, List<Integer> fromKey) {
    this.specId = specId;
    this.fromKey = fromKey;
  }

  static KeyPartitions of(List<StagedData> files, List<Types.NestedField> key) {
    Set<Integer> keyIds = new HashSet<>();
    key.forEach(field -> keyIds.add(field.fieldId()));
    PartitionSpec spec = files.get(0).spec();
    List<Integer> fromKey = new ArrayList<>();
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (keyIds.contains(field.sourceId())) {
        fromKey.add(i);
      }
    }
    if (files.stream().anyMatch(each -> each.spec().specId() != spec.specId())) {
      fromKey.clear(); // values of several specs cannot be compared
    }
    KeyPartitions partitions = new KeyPartitions(spec.specId(), fromKey);
    files.forEach(each -> partitions.staged.add(partitions.values(each.file().partition())));
    return partitions;
  }

  /** Whether a file may hold a staged key. */
  boolean mayBeIn(DataFile file) {
    return fromKey.isEmpty()
        || file.specId() != specId
        || staged.contains(values(file.partition()));
  }

  private List<@Nullable Object> values(StructLike partition) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int field : fromKey) {
      values.add(comparable(partition.get(field, Object.class)));
    }
    return values;
  }

  /** One class for what the format may hold in several. */
  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }
}
