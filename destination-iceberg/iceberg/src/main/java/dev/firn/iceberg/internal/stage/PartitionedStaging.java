package dev.firn.iceberg.internal.stage;

import dev.firn.batch.Batch;
import dev.firn.iceberg.internal.metadata.Partitions;
import dev.firn.schema.PartitionField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** The files of a table and the rule by which rows are distributed to them. */
record PartitionedStaging(PartitionSplitter splitter, TableStaging staging) {
  /**
   * Staging for a table.
   *
   * @param partitionBy partitioning of a table that does not exist; a live one has its own
   * @param first rows that show the types of the columns, if there are any
   */
  static PartitionedStaging of(
      StagingTarget target,
      List<PartitionField> partitionBy,
      Optional<Batch> first,
      Supplier<String> names,
      StagedFilesJournal journal) {
    Schema schema = target.live() ? target.table().schema() : seen(first, partitionBy);
    PartitionSpec spec =
        target.live() ? target.table().spec() : Partitions.spec(schema, partitionBy);
    return new PartitionedStaging(
        new PartitionSplitter(spec, schema), new TableStaging(target, spec, names, journal));
  }

  // Only for paths and transforms: the table's own spec is made when its schema is sealed.
  private static Schema seen(Optional<Batch> first, List<PartitionField> partitionBy) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (PartitionField field : partitionBy) {
      Optional<FieldVector> vector = first.flatMap(batch -> batch.vector(field.column()));
      boolean known = fields.stream().anyMatch(each -> each.name().equals(field.column()));
      if (!known) {
        fields.add(
            Types.NestedField.optional(
                fields.size() + 1,
                field.column(),
                vector.map(each -> PartitionValues.of(each).type()).orElse(fallback(field))));
      }
    }
    return new Schema(fields);
  }

  // A column that the first batch lacks: any type that the transform takes.
  private static org.apache.iceberg.types.Type fallback(PartitionField field) {
    return switch (field.transform()) {
      case YEAR, MONTH, DAY, HOUR -> Types.TimestampType.withZone();
      case IDENTITY, BUCKET, TRUNCATE -> Types.StringType.get();
    };
  }
}
