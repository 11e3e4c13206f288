package dev.firn.iceberg.internal.stage;

import dev.firn.batch.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Distributes the rows of batches to the partitions of one spec. */
final class PartitionSplitter {
  private final List<Source> sources = new ArrayList<>();

  PartitionSplitter(PartitionSpec spec) {
    for (PartitionField field : spec.fields()) {
      String column =
          Objects.requireNonNullElse(spec.schema().findColumnName(field.sourceId()), "");
      sources.add(new Source(column, field.transform()));
    }
  }

  private record Source(String column, Transform<?, ?> transform) {}

  /**
   * Rows of one partition.
   *
   * @param values one for each field of the spec, null included
   * @param rows positions in the batch, ascending; nothing when all rows belong here
   */
  record Part(List<@Nullable Object> values, Optional<int[]> rows) {}

  List<Part> split(Batch batch) {
    List<FieldValues> fields =
        sources.stream().map(source -> FieldValues.of(source, batch)).toList();
    Map<List<@Nullable Object>, RowList> parts = new LinkedHashMap<>();
    List<@Nullable Object> last = List.of();
    @Nullable RowList rows = null;
    for (int row = 0; row < batch.rows(); row++) {
      boolean same = rows != null;
      for (FieldValues field : fields) {
        same &= field.moveTo(row);
      }
      if (!same || rows == null) {
        last = values(fields);
        rows = parts.computeIfAbsent(last, any -> new RowList());
      }
      rows.add(row);
    }
    if (parts.size() == 1) {
      return List.of(new Part(last, Optional.empty()));
    }
    List<Part> all = new ArrayList<>(parts.size());
    parts.forEach(
        (values, positions) -> all.add(new Part(values, Optional.of(positions.toArray()))));
    return all;
  }

  private static List<@Nullable Object> values(List<FieldValues> fields) {
    List<@Nullable Object> values = new ArrayList<>(fields.size());
    fields.forEach(field -> values.add(field.partition));
    return Collections.unmodifiableList(values);
  }

  /**
   * One partition field along the rows of a batch; neighbours of equal value are transformed once.
   */
  private static final class FieldValues {
    private final @Nullable FieldVector vector;
    private final @Nullable PartitionValues values;
    private final Function<Object, @Nullable Object> transform;
    private @Nullable Object value;
    private @Nullable Object partition;

    private FieldValues(
        @Nullable FieldVector vector,
        @Nullable PartitionValues values,
        Function<Object, @Nullable Object> transform) {
      this.vector = vector;
      this.values = values;
      this.transform = transform;
    }

    // A column that the batch lacks is null in every row.
    static FieldValues of(Source source, Batch batch) {
      Optional<FieldVector> vector = batch.vector(source.column());
      if (vector.isEmpty()) {
        return new FieldValues(null, null, value -> null);
      }
      PartitionValues values = PartitionValues.of(vector.get());
      return new FieldValues(vector.get(), values, bound(source.transform(), values));
    }

    @SuppressWarnings("unchecked") // the transform is bound to the type of exactly these values
    private static Function<Object, @Nullable Object> bound(
        Transform<?, ?> transform, PartitionValues values) {
      Transform<Object, Object> typed = (Transform<Object, Object>) transform;
      SerializableFunction<Object, Object> bound = typed.bind(values.type());
      return bound;
    }

    /** Whether the partition value is that of the row before. */
    boolean moveTo(int row) {
      Object next =
          vector == null || values == null || vector.isNull(row) ? null : values.at().apply(row);
      if (row > 0 && Objects.equals(next, value)) {
        return true;
      }
      Object nextPartition = next == null ? null : transform.apply(next);
      boolean same = row > 0 && Objects.equals(partition, nextPartition);
      value = next;
      partition = nextPartition;
      return same;
    }
  }

  private static final class RowList {
    private int[] rows = new int[16];
    private int size;

    void add(int row) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size * 2);
      }
      rows[size++] = row;
    }

    int[] toArray() {
      return Arrays.copyOf(rows, size);
    }
  }
}
