package dev.firn.iceberg.internal.merge;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The filter that every row with a staged key passes, made from the bounds of the staged files. */
final class KeyRange {
  private KeyRange() {}

  static Expression of(List<StagedData> staged, List<Types.NestedField> key) {
    Expression range = Expressions.alwaysTrue();
    for (Types.NestedField column : key) {
      if (hasOrderedBounds(column.type())) {
        range = Expressions.and(range, of(staged, column));
      }
    }
    return range;
  }

  // uuid: writers have disagreed on the order of its bounds; true and false leave nothing out.
  private static boolean hasOrderedBounds(Type type) {
    return switch (type.typeId()) {
      case UUID, BOOLEAN, BINARY -> false;
      default -> true;
    };
  }

  private static Expression of(List<StagedData> staged, Types.NestedField column) {
    Type.PrimitiveType type = column.type().asPrimitiveType();
    Comparator<Object> order = Comparators.forType(type);
    Optional<Object> least = bound(staged, column, DataFile::lowerBounds, order.reversed());
    Optional<Object> greatest = bound(staged, column, DataFile::upperBounds, order);
    Expression from =
        least
            .<Expression>map(value -> Expressions.greaterThanOrEqual(column.name(), value))
            .orElse(Expressions.alwaysTrue());
    Expression to =
        greatest
            .<Expression>map(value -> Expressions.lessThanOrEqual(column.name(), value))
            .orElse(Expressions.alwaysTrue());
    return Expressions.and(from, to);
  }

  /** The greatest of the files' bounds; nothing if one has none. */
  private static Optional<Object> bound(
      List<StagedData> staged,
      Types.NestedField column,
      Function<DataFile, @Nullable Map<Integer, ByteBuffer>> side,
      Comparator<Object> order) {
    Object greatest = null;
    for (StagedData each : staged) {
      Map<Integer, ByteBuffer> bounds = side.apply(each.file());
      ByteBuffer bound = bounds == null ? null : bounds.get(column.fieldId());
      if (bound == null) {
        return Optional.empty();
      }
      Object value = Conversions.fromByteBuffer(column.type(), bound);
      greatest = greatest == null || order.compare(value, greatest) > 0 ? value : greatest;
    }
    return Optional.ofNullable(greatest);
  }
}
