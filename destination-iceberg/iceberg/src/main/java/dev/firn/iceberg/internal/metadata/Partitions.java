package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.PartitionField;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/** Firn's partition fields and Iceberg's specs. */
public final class Partitions {
  private static final Pattern WITH_WIDTH = Pattern.compile("(bucket|truncate)\\[(\\d+)]");

  private Partitions() {}

  /** The spec of a new table. */
  public static PartitionSpec spec(Schema schema, List<PartitionField> fields) {
    try {
      PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
      fields.forEach(field -> add(builder, field));
      return builder.build();
    } catch (RuntimeException e) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The table cannot be partitioned by " + fields + ": " + e.getMessage(),
          "Correct partition-by.",
          e);
    }
  }

  /**
   * A live table's spec for a schema whose columns have its ids but maybe other types.
   *
   * @throws FirnException {@code INVALID_CONFIG} when a transform does not take the type of its
   *     column
   */
  public static PartitionSpec withTypes(PartitionSpec spec, Schema schema) {
    try {
      return spec.toUnbound().bind(schema);
    } catch (RuntimeException e) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The rows do not fit the table's partitioning " + spec + ": " + e.getMessage(),
          "Load a column of the type that the table is partitioned by.",
          e);
    }
  }

  private static void add(PartitionSpec.Builder builder, PartitionField field) {
    String column = field.column();
    switch (field.transform()) {
      case IDENTITY -> builder.identity(column);
      case YEAR -> builder.year(column);
      case MONTH -> builder.month(column);
      case DAY -> builder.day(column);
      case HOUR -> builder.hour(column);
      case BUCKET -> builder.bucket(column, field.width().orElseThrow());
      case TRUNCATE -> builder.truncate(column, field.width().orElseThrow());
    }
  }

  /** The fields of a spec; fields that Firn cannot write, such as dropped ones, are left out. */
  static List<PartitionField> fields(Schema schema, PartitionSpec spec) {
    List<PartitionField> fields = new ArrayList<>();
    for (org.apache.iceberg.PartitionField field : spec.fields()) {
      String column = schema.findColumnName(field.sourceId());
      if (column != null && !field.transform().isVoid()) {
        fields.add(field(column, field.transform().toString()));
      }
    }
    return fields;
  }

  private static PartitionField field(String column, String transform) {
    Matcher wide = WITH_WIDTH.matcher(transform);
    return wide.matches()
        ? new PartitionField(
            column, transform(wide.group(1)), OptionalInt.of(Integer.parseInt(wide.group(2))))
        : new PartitionField(column, transform(transform), OptionalInt.empty());
  }

  private static PartitionField.Transform transform(String word) {
    return PartitionField.Transform.valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }
}
