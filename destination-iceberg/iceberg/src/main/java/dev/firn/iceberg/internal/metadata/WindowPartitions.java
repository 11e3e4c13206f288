package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
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
 * partitioned by; where there is none, or more than one, no partition is known to lie in a window,
 * or beyond it.
 */
public final class WindowPartitions {
  private final Optional<Window> window;
  private final Map<Integer, Evaluator> bySpec = new HashMap<>();

  /**
   * @param window empty: of a load that has none
   */
  public WindowPartitions(Optional<Window> window) {
    this.window = window;
  }

  /** Whether there is a window that partitions can lie in. */
  public boolean areSought() {
    return window.isPresent();
  }

  /** Whether all rows of a partition lie in the window; for one thread at a time. */
  public boolean hold(PartitionSpec spec, StructLike partition) {
    return bySpec.computeIfAbsent(spec.specId(), any -> within(spec)).eval(partition);
  }

  /**
   * Refuses partitions of which no row lies in the window: to replace them would take the rows of
   * other windows away.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public void require(PartitionSpec spec, Iterable<? extends StructLike> partitions) {
    Optional<Expression> rows = rows(spec);
    if (rows.isEmpty()) {
      return;
    }
    Expression some = Projections.inclusive(spec).project(rows.get());
    Evaluator touched = new Evaluator(spec.partitionType(), some);
    for (StructLike each : partitions) {
      if (!touched.eval(each)) {
        throw beyond(spec.partitionToPath(each));
      }
    }
  }

  private FirnException beyond(String partition) {
    Window replaced = window.orElseThrow();
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Rows of the partition %s lie outside of the window from %s until %s, which alone the load replaces."
            .formatted(partition, replaced.start(), replaced.end()),
        "Let the source bring only rows of the window: ${partition.end} is no part of it. Where an API takes it for one, filter.");
  }

  // Strict: a partition that reaches beyond the window, of another time zone's days, stays.
  private Evaluator within(PartitionSpec spec) {
    Expression rows = rows(spec).orElse(Expressions.alwaysFalse());
    Expression whole = Projections.strict(spec).project(rows);
    return new Evaluator(spec.partitionType(), whole);
  }

  /** What holds of the window's rows; empty where that cannot be told. */
  private Optional<Expression> rows(PartitionSpec spec) {
    Schema schema = spec.schema();
    List<PartitionField> fields = Partitions.fields(schema, spec);
    List<String> columns = columns(fields.stream().filter(PartitionField::ofTime).toList());
    if (columns.isEmpty()) {
      columns = columns(fields.stream().filter(field -> isTime(schema, field)).toList());
    }
    if (window.isEmpty() || columns.size() != 1) {
      return Optional.empty();
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

  private static Optional<Expression> between(String column, Type type, Window window) {
    if (type.typeId() != Type.TypeID.DATE) {
      return Optional.of(
          Expressions.and(
              Expressions.greaterThanOrEqual(column, micros(window.start())),
              Expressions.lessThan(column, micros(window.end()))));
    }
    if (!isMidnight(window.start()) || !isMidnight(window.end())) {
      return Optional.empty(); // days of which time zone is not known
    }
    return Optional.of(
        Expressions.and(
            Expressions.greaterThanOrEqual(column, day(window.start())),
            Expressions.lessThan(column, day(window.end()))));
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
