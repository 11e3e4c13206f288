package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.PartitionField;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** The one partition that a load may have rows of, by values as people write them. */
public final class NamedPartition {
  private final Map<PartitionField, String> values =
      new TreeMap<>(Comparator.comparing(PartitionField::toString));

  private NamedPartition() {}

  /**
   * Reads the values.
   *
   * @param texts value by partition field, such as {@code day(at)} and {@code 2024-01-31}; empty:
   *     any partition
   */
  public static NamedPartition of(Map<String, String> texts) {
    NamedPartition named = new NamedPartition();
    texts.forEach((field, value) -> named.values.put(PartitionField.parse(field), value));
    return named;
  }

  /** Whether none is named. */
  public boolean isAny() {
    return values.isEmpty();
  }

  /** Whether a partition is the named one, as far as it is named. */
  public boolean holds(Schema schema, PartitionSpec spec, StructLike partition) {
    for (int i = 0; i < spec.fields().size(); i++) {
      String wanted = wanted(schema, spec, i);
      if (wanted != null && !wanted.equals(text(spec, i, partition.get(i, Object.class)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses rows of another partition.
   *
   * @param partition a value for each field of the spec
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public void require(
      Schema schema, PartitionSpec spec, List<? extends @Nullable Object> partition) {
    requireFields(schema, spec);
    for (int i = 0; i < spec.fields().size(); i++) {
      String wanted = wanted(schema, spec, i);
      String found = text(spec, i, partition.get(i));
      if (wanted != null && !wanted.equals(found)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "A row is of the partition %s = %s, but the load replaces %s."
                .formatted(field(schema, spec, i), found, values),
            "Load only rows of the named partition, or name none.");
      }
    }
  }

  private void requireFields(Schema schema, PartitionSpec spec) {
    List<PartitionField> fields = Partitions.fields(schema, spec);
    for (PartitionField each : values.keySet()) {
      if (!fields.contains(each)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "The table is not partitioned by %s, but by %s.".formatted(each, fields),
            "Name the partition by the fields of partition-by.");
      }
    }
  }

  private @Nullable String wanted(Schema schema, PartitionSpec spec, int place) {
    PartitionField field = field(schema, spec, place);
    return field == null ? null : values.get(field);
  }

  private static @Nullable PartitionField field(Schema schema, PartitionSpec spec, int place) {
    org.apache.iceberg.PartitionField field = spec.fields().get(place);
    String column = schema.findColumnName(field.sourceId());
    return column == null
        ? null
        : Partitions.field(column, field.transform().toString()).orElse(null);
  }

  @SuppressWarnings("unchecked") // a partition holds what its transforms gave
  private static String text(PartitionSpec spec, int place, @Nullable Object value) {
    org.apache.iceberg.PartitionField field = spec.fields().get(place);
    Type source = Objects.requireNonNull(spec.schema().findType(field.sourceId()));
    Transform<Object, Object> transform = (Transform<Object, Object>) field.transform();
    return transform.toHumanString(transform.getResultType(source), value);
  }
}
