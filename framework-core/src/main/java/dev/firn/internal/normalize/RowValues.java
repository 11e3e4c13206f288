package dev.firn.internal.normalize;

import dev.firn.internal.expression.Expression;
import dev.firn.internal.expression.Moment;
import dev.firn.internal.expression.Values;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The values of one row at a time, for expressions; belongs to one worker. */
final class RowValues implements Values {
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, ColumnBuilder> builders = new HashMap<>();
  private final UnaryOperator<String> nameOf;
  private final Moment now;
  private @Nullable TableBuilder root;
  private int row;

  /**
   * @param nameOf the column's name for a source path, or for a name as written
   */
  RowValues(UnaryOperator<String> nameOf, Instant now) {
    this.nameOf = nameOf;
    this.now = Moment.of(now);
  }

  /** Looks at a row from now on. */
  RowValues at(TableBuilder table, int at) {
    root = table;
    row = at;
    return this;
  }

  /** Whether a column has values that cannot be looked at yet: the split is read again. */
  boolean clashed(Expression expression) {
    for (String column : expression.columns()) {
      ColumnBuilder builder = builder(column);
      if (builder != null && builder.clashed()) {
        return true;
      }
    }
    return false;
  }

  /** The name in the table of a column that an expression names. */
  String nameOf(String written) {
    return names.computeIfAbsent(written, nameOf);
  }

  private @Nullable ColumnBuilder builder(String written) {
    ColumnBuilder known = builders.get(written);
    TableBuilder table = root;
    if (known == null && table != null) {
      known = table.named(nameOf(written));
      if (known != null) {
        builders.put(written, known);
      }
    }
    return known;
  }

  @Override
  public @Nullable Object column(String name) {
    ColumnBuilder builder = builder(name);
    ColumnBuffer buffer = builder == null ? null : builder.buffer();
    return buffer == null || !buffer.has(row) ? null : value(buffer, row);
  }

  private static @Nullable Object value(ColumnBuffer buffer, int row) {
    DataType type = buffer.type();
    if (type instanceof DataType.Decimal decimal) {
      return buffer.decimalAt(row, decimal.scale());
    }
    return switch ((Simple) type) {
      case LONG -> BigDecimal.valueOf(buffer.longAt(row));
      case INT32 -> BigDecimal.valueOf(buffer.intAt(row));
      case DOUBLE -> finite(Double.longBitsToDouble(buffer.longAt(row)));
      case FLOAT -> finite(Float.intBitsToFloat(buffer.intAt(row)));
      case TIMESTAMP, TIMESTAMP_NTZ -> new Moment(buffer.longAt(row));
      case DATE -> new Moment(TimeUnit.DAYS.toMicros(buffer.intAt(row)));
      case BOOLEAN -> buffer.booleanAt(row);
      case STRING, JSON -> {
        StoredText text = new StoredText();
        buffer.read(row, text);
        yield text.text();
      }
      case TIME, BINARY, UUID -> type.word(); // there or not is all that is asked of them
    };
  }

  private static @Nullable BigDecimal finite(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
  }

  @Override
  public @Nullable Object aggregate(Expression.Aggregate aggregate) {
    throw new IllegalStateException(aggregate.text() + " is not of a row");
  }

  @Override
  public Moment now() {
    return now;
  }

  void forget() {
    builders.clear();
  }
}
