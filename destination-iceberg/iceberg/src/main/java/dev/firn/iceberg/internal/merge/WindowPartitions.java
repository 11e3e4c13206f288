package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.metadata.Partitions;
import dev.firn.schema.PartitionField;
import dev.firn.state.LoadedWindows.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.types.Type;

/**
 * The partitions that lie in a window of time, all their rows: a load of the window replaces them,
 * also those that it has no row of. They are told by the one column of time that a table is
 * partitioned by; where there is none, or more than one, no partition is known to lie in a window.
 */
final class WindowPartitions {
  private final Optional<Window> window;
  private final Map<Integer, Evaluator> bySpec = new HashMap<>();

  /**
   * @param window empty: of a load that has none
   */
  WindowPartitions(Optional<Window> window) {
    this.window = window;
  }

  /** Whether there is a window that partitions can lie in. */
  boolean areSought() {
    return window.isPresent();
  }

  boolean hold(PartitionSpec spec, StructLike partition) {
    return bySpec.computeIfAbsent(spec.specId(), any -> evaluator(spec)).eval(partition);
  }

  // Strict: a partition that reaches beyond the window, of another time zone's days, stays.
  private Evaluator evaluator(PartitionSpec spec) {
    Expression whole = Projections.strict(spec).project(rows(spec));
    return new Evaluator(spec.partitionType(), whole);
  }

  private Expression rows(PartitionSpec spec) {
    Schema schema = spec.schema();
    List<PartitionField> fields = Partitions.fields(schema, spec);
    List<String> columns = columns(fields.stream().filter(PartitionField::ofTime).toList());
    if (columns.isEmpty()) {
      columns = columns(fields.stream().filter(field -> isTime(schema, field)).toList());
    }
    if (window.isEmpty() || columns.size() != 1) {
      return Expressions.alwaysFalse();
    }
    String column = columns.get(0);
    return between(column, schema.findType(column), window.get());
  }

  private static List<String> columns(List<PartitionField> fields) {
    return fields.stream().map(PartitionField::column).distinct().toList();
  }

  private static boolean isTime(Schema schema, PartitionField field) {
    return switch (schema.findType(field.column()).typeId()) {
      case DATE, TIMESTAMP, TIMESTAMP_NANO ->
          field.transform() == PartitionField.Transform.IDENTITY;
      default -> false;
    };
  }

  private static Expression between(String column, Type type, Window window) {
    if (type.typeId() != Type.TypeID.DATE) {
      return Expressions.and(
          Expressions.greaterThanOrEqual(column, micros(window.start())),
          Expressions.lessThan(column, micros(window.end())));
    }
    if (!isMidnight(window.start()) || !isMidnight(window.end())) {
      return Expressions.alwaysFalse(); // days of which time zone is not known
    }
    return Expressions.and(
        Expressions.greaterThanOrEqual(column, day(window.start())),
        Expressions.lessThan(column, day(window.end())));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static boolean isMidnight(Instant at) {
    return at.truncatedTo(ChronoUnit.DAYS).equals(at);
  }

  private static int day(Instant at) {
    return Math.toIntExact(ChronoUnit.DAYS.between(Instant.EPOCH, at));
  }
}
