package dev.firn.iceberg.internal.stage;

import dev.firn.batch.Batch;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.metadata.Partitions;
import dev.firn.schema.PartitionField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The partitioning of a table with the column types of one batch, which may change within a load.
 * Only for paths and transforms: the spec that a file is committed under is that of the sealed
 * schema.
 *
 * @param partitionBy what the table is to be partitioned by; empty: as it is, or not
 */
record BatchPartitioning(StagingTarget target, List<PartitionField> partitionBy) {
  /**
   * The spec for the rows of a batch.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a transform does not take the type of its
   *     column
   */
  PartitionSpec of(Batch batch) {
    Table table = target.table();
    if (target.live() && !repartitioned(table)) {
      return table.spec().isUnpartitioned()
          ? table.spec()
          : Partitions.withTypes(table.spec(), retyped(table, batch));
    }
    return partitionBy.isEmpty()
        ? PartitionSpec.unpartitioned()
        : Partitions.spec(seen(batch), ordered(table));
  }

  private boolean repartitioned(Table table) {
    List<PartitionField> now = Partitions.fields(table.schema(), table.spec());
    return !partitionBy.isEmpty() && !Set.copyOf(partitionBy).equals(Set.copyOf(now));
  }

  private List<PartitionField> ordered(Table table) {
    return target.live()
        ? Partitions.inOrder(Partitions.fields(table.schema(), table.spec()), partitionBy)
        : partitionBy;
  }

  private static Schema retyped(Table table, Batch batch) {
    List<Integer> sources =
        table.spec().fields().stream().map(org.apache.iceberg.PartitionField::sourceId).toList();
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField column : table.schema().columns()) {
      Optional<Type> type =
          sources.contains(column.fieldId()) ? type(batch, column.name()) : Optional.empty();
      columns.add(
          type.map(each -> Types.NestedField.optional(column.fieldId(), column.name(), each))
              .orElse(column));
    }
    return new Schema(columns);
  }

  private Schema seen(Batch batch) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (PartitionField field : partitionBy) {
      types.putIfAbsent(field.column(), type(batch, field.column()).orElse(fallback(field)));
    }
    List<Types.NestedField> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> columns.add(Types.NestedField.optional(columns.size() + 1, name, type)));
    return new Schema(columns);
  }

  private static Optional<Type> type(Batch batch, String column) {
    return batch.vector(column).map(vector -> PartitionValues.of(vector).type());
  }

  // A column that the batch lacks: any type that the transform takes.
  private static Type fallback(PartitionField field) {
    return switch (field.transform()) {
      case YEAR, MONTH, DAY, HOUR -> Types.TimestampType.withZone();
      case IDENTITY, BUCKET, TRUNCATE -> Types.StringType.get();
    };
  }
}
